namespace Dlm.Models.Vision

/// Logistic regression on MNIST.
train LogisticRegressionOnMnist on LogisticRegression {
  loss      cross_entropy
  optimizer sgd
  rate      0.01
  batch     10
  epochs    5
  metrics   accuracy
}

/// One hidden layer on MNIST, with the settings of Nielsen's chapter 6.
train PerceptronOnMnist on Perceptron {
  loss      cross_entropy
  optimizer sgd
  rate      0.1
  batch     10
  epochs    60
  metrics   accuracy
}

/// LeNet-5 on MNIST: accuracy of 99 % after five epochs.
train LeNetOnMnist on LeNet5 {
  loss      cross_entropy
  optimizer adam
  rate      cosine(3e-3, warmup: 0.1)
  batch     64
  epochs    5
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

/// GoogLeNet on ImageNet (Szegedy et al., 2014, section 6): the rate falls by 4 % every eight epochs, and the network that is kept is a mean
/// of those it went through. Rate, batch and length are not in the paper.
train GoogLeNetOnImageNet on GoogLeNetLoss {
  optimizer sgd(momentum: 0.9)
  rate      step(0.01, every: 8 epochs, factor: 0.96)
  batch     256
  epochs    90
  average   ema(0.9999)
}

/// Inception v3 on ImageNet (Szegedy et al., 2015, section 8), with the batches of its fifty workers together.
train InceptionV3OnImageNet on InceptionV3Loss {
  optimizer rmsprop(alpha: 0.9, epsilon: 1.0)
  rate      step(0.045, every: 2 epochs, factor: 0.94)
  batch     1600
  epochs    100
  clip      2.0
  average   ema(0.9999)
}

/// A highway network on MNIST (Srivastava et al., 2015, section 3.1), whose rates were found by a random search.
train HighwayOnMnist on Highway(depth: 20) {
  loss      cross_entropy
  optimizer sgd(momentum: 0.9)
  rate      exponential(0.01, factor: 0.98)
  batch     100
  epochs    400
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

/// MobileNetV2 on ImageNet (Sandler et al., 2018, section 6.1), with the batches of its sixteen workers together; its length is not in the paper.
train MobileNetV2OnImageNet on MobileNetV2 {
  loss      cross_entropy
  optimizer rmsprop(alpha: 0.9, momentum: 0.9, decay: 4e-5)
  rate      exponential(0.045, factor: 0.98)
  batch     1536
  epochs    300
  metrics   accuracy
}

/// A vision transformer on ImageNet alone (Dosovitskiy et al., 2020, table 3).
train VitOnImageNet on VitB16(dropout: 0.1) {
  loss      cross_entropy
  optimizer adamw(beta1: 0.9, beta2: 0.999, decay: 0.3)
  rate      cosine(3e-3, warmup: 10_000 steps)
  batch     4096
  epochs    300
  clip      1.0
  metrics   accuracy
}

/// U-Net on microscope pictures (Ronneberger et al., 2015, section 3): a momentum that remembers many of them stands in for larger batches. The rate
/// and the length are not in the paper.
train UNetOnCells on UNet(channels: 1) {
  loss      cross_entropy
  optimizer sgd(momentum: 0.99)
  rate      1e-3
  batch     1
  epochs    60
  metrics   accuracy
}
