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

/// AlexNet on ImageNet (Krizhevsky et al., 2012, section 5): the rate falls to a tenth whenever the validation no longer improves.
train AlexNetOnImageNet on AlexNet2012 {
  loss      cross_entropy
  optimizer sgd(momentum: 0.9, decay: 5e-4)
  rate      plateau(0.01)
  batch     128
  epochs    90
  metrics   accuracy
}

/// VGG on ImageNet (Simonyan and Zisserman, 2015, section 3.1).
train VggOnImageNet on Vgg16 {
  loss      cross_entropy
  optimizer sgd(momentum: 0.9, decay: 5e-4)
  rate      plateau(0.01)
  batch     256
  epochs    74
  metrics   accuracy
}

/// A residual network on ImageNet (He et al., 2015, section 3.4).
train ResNetOnImageNet on ResNet50 {
  loss      cross_entropy
  optimizer sgd(momentum: 0.9, decay: 1e-4)
  rate      plateau(0.1)
  batch     256
  steps     600_000
  metrics   accuracy
}

/// One for CIFAR-10 (He et al., 2015, section 4.2).
train ResNetOnCifar on CifarResNet20 {
  loss      cross_entropy
  optimizer sgd(momentum: 0.9, decay: 1e-4)
  rate      0.1 * 32_000 steps, 0.01 * 16_000 steps, 0.001 * 16_000 steps
  batch     128
  metrics   accuracy
}

/// A densely connected network on ImageNet (Huang et al., 2017, section 4.2).
train DenseNetOnImageNet on DenseNet121 {
  loss      cross_entropy
  optimizer sgd(momentum: 0.9, decay: 1e-4, nesterov: true)
  rate      0.1 * 30, 0.01 * 30, 0.001 * 30
  batch     256
  metrics   accuracy
}
