namespace Dlm.Models.Vision

/// LeNet-5 on MNIST: accuracy above 98.5 % after two epochs.
train LeNetOnMnist on LeNet5 {
  loss      cross_entropy
  optimizer adam
  rate      cosine(3e-3, warmup: 0.1)
  batch     64
  epochs    2
  metrics   accuracy
  seed      0
}
