namespace Dlm.Runtime.Tests.Recipes

/// A net for drawn digits, with buffers and chance.
model Digits(classes: int = 10) : [B, 1, 28, 28] -> [B, classes] {
  conv1: conv(8, 5, stride: 2) -> bn1: batchnorm -> relu
  conv2: conv(16, 3, stride: 2) -> relu -> flatten
  dropout(0.1) -> fc: linear(classes)
}

/// A number between two inputs.
model Between(width: int = 4) : (left: [B, 3], right: [B, 3], scale: [B, 1]?) -> [B, 1] {
  both = (left, right) -> concat(dim: 1) -> linear(width) -> relu -> linear(1)
  if scale then both * scale else both
}

train ByTheBook on Digits {
  loss      cross_entropy(label_smoothing: 0.1)
  optimizer sgd(momentum: 0.9, decay: 1e-3, nesterov: true)
  rate      0.05 * 1, 0.005 * 1
  batch     16
  metrics   accuracy, balanced_accuracy
  seed      7
}

train Warmly on Digits {
  loss      cross_entropy
  optimizer adamw(decay: 0.05)
  rate      cosine(3e-3, warmup: 4 steps, floor: 0.1)
  batch     16
  steps     15
  seed      3
}

train TooFew on Digits(classes: 5) {
  loss      cross_entropy
  optimizer adam
  batch     16
  epochs    1
}

train Numbers on Between(width: 6) {
  loss      mse
  optimizer adam(rate: 0.01)
  batch     5
  epochs    1
}

train Tuned on Digits {
  loss      cross_entropy
  optimizer sgd(momentum: 0.9, decay: 1e-3)
  freeze    "conv1.*"
  group     "fc.*": rate 10x
  group     "*.bias": rate 0.003, decay 0
  group     "*"
  rate      0.01
  batch     16
  epochs    1
  seed      7
}

train Conducted on Digits {
  loss       cross_entropy
  optimizer  adam
  batch      16
  epochs     5
  seed       7
  accumulate 2
  clip       0.5
  metrics    accuracy
  stop       accuracy, patience: 2, improvement: 0.9
  average    ema(0.9)
}

/// Begins otherwise than the model.
train Begun on Digits(classes: 4) {
  loss      cross_entropy
  optimizer adam
  epochs    1
  seed      7
  init {
    conv: 0
    linear: normal(0, 0.01 / sqrt(classes))
    "*.bias": 0.5
  }
}

model Painter(z: int = 6) : [B, z] -> [B, 1, 28, 28] {
  linear(784) -> tanh -> reshape(B, 1, 28, 28)
}

model Expert : [B, 1, 28, 28] -> [B, 1] {
  flatten -> linear(8) -> leaky_relu(0.2) -> linear(1)
}

objective Game(generator: model, discriminator: model, z: int = 6) : (input: [B, C, H, W]) {
  fake = randn(B, z) -> generator
  minimize discriminator: bce_with_logits(input -> discriminator, 1) + bce_with_logits(stop(fake) -> discriminator, 0)
  minimize generator: bce_with_logits(fake -> discriminator, 1)
}

train Painting on Game(Painter, Expert) {
  optimizer generator: adam(rate: 2e-3, beta1: 0.5)
  optimizer discriminator: sgd(rate: 0.01, momentum: 0.5)
  batch     16
  epochs    2
  seed      5
}

/// Stays, then falls in a straight line, and begins otherwise than the models.
train Falling on Game(Painter, Expert) {
  optimizer sgd
  rate      0.1 * 1, linear(0.05) * 1
  batch     16
  seed      5
  init { linear: normal(0, 0.01), "discriminator.*.bias": 0.5 }
}

train Grouped on Game(Painter, Expert) {
  optimizer sgd
  rate      0.1
  freeze    "discriminator.linear1.*"
  group     "*.bias": rate 0.5, decay 0
  group     "generator": rate 0.1x
  group     "*"
  batch     16
  epochs    1
}
