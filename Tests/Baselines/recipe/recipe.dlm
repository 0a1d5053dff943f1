namespace Samples

/// A small net for images of 32 by 32.
model Small(classes: int = 10, width: int = 8) : [B, 3, 32, 32] -> [B, classes] {
  conv1: conv(width, 3, stride: 2) -> bn1: batchnorm -> relu
  global_avgpool -> flatten -> fc: linear(classes)
}

/// A tag for each word.
model Tags : int[B, T] -> [B, T, 17] {
  embedding(1000, 32) -> linear(17)
}

/// By the book: rates that fall by steps.
train Steps on Small(classes: 20) {
  loss      cross_entropy(label_smoothing: 0.1)
  optimizer sgd(momentum: 0.9, decay: 1e-4, nesterov: true)
  rate      0.1 * 80, 0.01 * 40, 0.001 * 20  // 140 epochs
  batch     128
  metrics   accuracy, balanced_accuracy
  seed      7
}

train Warm on Small {
  loss       cross_entropy
  optimizer  adamw(decay: 0.05)
  freeze     "conv1.*"
  group      "fc.*": rate 10x
  group      "*.bias": decay 0
  group      "*"
  rate       cosine(1e-3, warmup: 5 epochs, floor: 0.01)
  batch      64
  epochs     90
  accumulate 4
  clip       1.0
  precision  bfloat16
  metrics    accuracy
  stop       accuracy, patience: 10
  average    ema(0.999)
}

train Words on Tags {
  loss      cross_entropy(dim: -1)
  optimizer adam(beta2: 0.98)
  rate      noam(width: 512, warmup: 4000 steps)
  steps     100_000
}
