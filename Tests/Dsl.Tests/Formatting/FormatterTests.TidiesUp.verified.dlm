namespace A.B

use X.Y

/// A doc comment.
model M(a: int = 1, b: float = 0.5) : [B, 3, H, W] -> [B, a] {
  // leads
  conv(64, 3, stride: 2) -> relu  // one
  conv(64, 3)                     // another

  features: {
    conv(3, 3) -> relu
    linear(2)
  }
  y = x
        -> conv(1, 2)
        -> relu
  z = x[:, -1] + y[1:3, ::2] * (a - b) ** -2
  parallel { a: { relu }  b: { tanh } } -> concat(dim: 1)
  main = x -> conv1: conv(planes, 3, stride: stride, pad: 1, bias: false) -> bn1: batchnorm -> relu
           -> conv2: conv(planes, 3, pad: 1, bias: false)
  skip = if stride != 1 or C != planes
           then x -> downsample: { conv(planes, 1, stride: stride, bias: false) -> batchnorm }
           else x
  layer4: repeat i in 0..depths[3] {
    unit(512, stride: if i == 0 then 2 else 1, whatever: something_rather_long, more: 1)
  }
  f(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, cccccccccccccccccccccccccccccc,
    ddddddddddddddddd)
  g(
    a,
    b
  )
  scan x over dim 1 with (h = zeros(B, hidden), c = zeros(B, hidden)) {
    (h, c) = (x, h, c) -> cell: lstm_cell(hidden)
    yield h
  }
  places = scan i over 0..glimpses with (h = zeros(B, hidden), place = if start then start else 2 * rand(B, 2) - 1,
                                         memory = start_memory) {
    h = h + 1
    yield h
  }
  /* a block
     comment */
  relu /* within a line */ -> tanh
  // at the end
}

block MultiHeadAttention(d: int, heads: int, dropout: float = 0.1)
    : (query: [B, T, d], memory: [B, S, d], mask: bool[T, S]?) -> [B, T, d] {
  relu
}

model A        = B(1)     expect parameters 3
model LongName = B(1, 2)  expect parameters 3, macs 4
fn gelu(x) = 0.5 * x * (1 + tanh(0.79788456 * (x + 0.044715 * x ** 3)))
// the end
