namespace Dlm.Models.Vision

/// A layer that a gate lets through or past (Srivastava et al., 2015, equation 3): at first most flows past it.
block HighwayLayer(gate: float) : (x: [B, D]) -> [B, D] {
  h = x -> plain: linear(D) -> relu
  t = x -> transform: linear(D) -> sigmoid
  h * t + x * (1 - t)
  init { "transform.bias": gate }
}

/// A highway network on 28x28 images (Srivastava et al., 2015, section 3: 50 blocks wide, the gates' biases beginning negative), which learns at a depth
/// where plain layers no longer do.
model Highway(depth: int = 10, width: int = 50, gate: float = -1.0, classes: int = 10)
    : [B, 1, 28, 28] -> [B, classes] {
  flatten -> stem: linear(width) -> relu
  layers: repeat depth { HighwayLayer(gate) }
  head: linear(classes)
  expect parameters 90_760
}
