namespace Dlm.Models.Vision

/// LeNet-5 (LeCun et al., 1998), with ReLU and max pooling.
model LeNet5(classes: int = 10) : [B, 1, 28, 28] -> [B, classes] {
  conv(6, 5, pad: 2) -> relu -> maxpool(2)
  conv(16, 5) -> relu -> maxpool(2)
  flatten
  linear(120) -> relu
  linear(84) -> relu
  linear(classes)
}
