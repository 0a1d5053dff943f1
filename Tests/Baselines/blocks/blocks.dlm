namespace Baselines.Blocks

/// A residual unit whose shortcut is projected where its shape changes.
block Unit(planes: int, stride: int = 1, norm: bool = true) : (x: [B, C, H, W]) -> [B, planes, _, _] {
  main = x -> conv1: conv(planes, 3, stride: stride, pad: 1, bias: not norm) -> relu
           -> conv2: conv(planes, 3, pad: 1)
  skip = if stride != 1 or C != planes
           then x -> project: { conv(planes, 1, stride: stride) -> batchnorm }
           else x
  relu(main + skip)
}

/// Two tensors in, two out.
block Mix(width: int) : (left: [B, D], right: [B, E]) -> (sum: [B, width], product: [B, width]) {
  a = left -> to_a: linear(width)
  b = right -> to_b: linear(width)
  (a + b, a * b)
}

/// A pattern of which Small and Large are made.
model Net(unit: block, depths: int[2], classes: int = 10) : [B, 3, 32, 32] -> [B, classes] {
  stem: conv(16, 3, pad: 1) -> relu
  stage1: repeat i in 0..depths[0] { unit(16) }
  stage2: repeat i in 0..depths[1] { unit(32, stride: if i == 0 then 2 else 1) }
  global_avgpool -> flatten
  head: linear(classes)
}

model Small = Net(Unit, [1, 1])
model Large = Net(Unit, [1, 3], 100)  expect parameters 59_764

model Deep(depth: int = 2, width: int = 8) : [B, 4] -> [B, width] {
  require width % 2 == 0
  layers: repeat depth { linear(width) -> relu }
}

model Both : (image: [B, 4], text: [B, 6]) -> [B, 5] {
  (s, p) = (image, text) -> mix: Mix(3)
  s + 2 * p -> linear(5)
}
