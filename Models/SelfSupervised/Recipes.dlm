namespace Dlm.Models.SelfSupervised

/// SimCLR on ImageNet (Chen et al., 2020, section 2.2): the rate is 0.3 for each 256 images of a batch, and neither biases nor batch norms decay.
train SimClrOnImageNet on Contrast(SimClrResNet50, temperature: 0.1) {
  optimizer lars(momentum: 0.9, decay: 1e-6)
  group     "*.bias": decay 0
  group     "*.bn?.*": decay 0
  group     "*downsample.1.*": decay 0
  group     "*"
  rate      cosine(4.8, warmup: 10 epochs)
  batch     4096
  epochs    100
}

/// On CIFAR-10 (appendix B.9), with the rate of the paper's middle one for batches of 512. LARS as above.
train SimClrOnCifar on SimClrGameCifar {
  optimizer lars(momentum: 0.9, decay: 1e-6)
  rate      cosine(1.0, warmup: 10 epochs)
  batch     512
  epochs    1000
}
