namespace Broken

// A mistake of each kind of spelling, and the models between them as they were meant.
model A : [B, 4] -> [B, 2] {
  linear(8 -> relu
  linear(2)
}

model Fine : [B, 4] -> [B, 2] { linear(2) }

modle Misspelt : [B, 4] -> [B, 2] {
  linear(2)
}

model C(width: int = 8, unused: int) : [B, 3, H, W] -> [B, 10] {
  conv(width, 3) $ relu
  flatten
}

model D(width: int = 8, unused: int = 1) : [B, 3, 32, 32] -> [B, 10] {
  stem: conv(width, 3, strid: 2)
  flatten -> linear(10)
}

model E : [B, 3, 32, 32] -> [B, 10] {
  conv(16, 3) -> relu -> maxpool(2)
  conv(16, 3, groups: 3) /* no such grouping */ -> relu
  flatten -> linear(10)
}

model F : [B, 3, 32, 32] -> [B, 10] {
  body: {
    conv(16, 3) -> relu
    conv(16, 40)
  }
  flatten -> linear(10)

model Last : [B, 4] -> [B, 2] {
  name = "open
  linear(2)
}
