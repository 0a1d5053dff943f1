namespace Dlm.Models.Vision

/// A convolution, normalised.
block BasicConv2d(planes: int, kernel: int, stride: int = 1, pad: int = 0) : (x: [B, C, H, W]) -> [B, planes, _, _] {
  conv: conv(planes, kernel, stride: stride, pad: pad, bias: false) -> bn: batchnorm(eps: 0.001) -> relu
}

/// Windows of several sizes side by side, each behind a narrower layer (Szegedy et al., 2014, figure 2b). The third way of the published
/// weights has 3x3 where the paper has 5x5.
block Inception(one: int, three_in: int, three: int, five_in: int, five: int, pool: int)
    : (x: [B, C, H, W]) -> [B, _, H, W] {
  parallel {
    branch1: BasicConv2d(one, 1)
    branch2: { BasicConv2d(three_in, 1) -> BasicConv2d(three, 3, pad: 1) }
    branch3: { BasicConv2d(five_in, 1) -> BasicConv2d(five, 3, pad: 1) }
    branch4: { maxpool(3, stride: 1, pad: 1, ceil: true) -> BasicConv2d(pool, 1) }
  } -> concat(dim: 1)
}

/// A classifier half-way up, so that gradients reach the lower layers (section 5).
block InceptionAux(classes: int, dropout: float) : (x: [B, C, H, W]) -> [B, classes] {
  adaptive_avgpool(4) -> conv: BasicConv2d(128, 1) -> flatten
  fc1: linear(1024) -> relu -> dropout(dropout) -> fc2: linear(classes)
}

/// GoogLeNet (Szegedy et al., 2014, table 1), with batch normalisation, under torchvision's keys. In training the losses of the two classifiers
/// half-way up count 0.3 each; afterwards the logits alone matter.
model GoogLeNet(classes: int = 1000, dropout: float = 0.2, dropout_aux: float = 0.7)
    : [B, 3, H, W] -> (logits: [B, classes], first: [B, classes], second: [B, classes]) {
  conv1: BasicConv2d(64, 7, stride: 2, pad: 3) -> maxpool(3, stride: 2, ceil: true)
  conv2: BasicConv2d(64, 1) -> conv3: BasicConv2d(192, 3, pad: 1) -> maxpool(3, stride: 2, ceil: true)
  inception3a: Inception(64, 96, 128, 16, 32, 32)
  inception3b: Inception(128, 128, 192, 32, 96, 64) -> maxpool(3, stride: 2, ceil: true)
  a = inception4a: Inception(192, 96, 208, 16, 48, 64)
  d = a -> inception4b: Inception(160, 112, 224, 24, 64, 64)
        -> inception4c: Inception(128, 128, 256, 24, 64, 64)
        -> inception4d: Inception(112, 144, 288, 32, 64, 64)
  x = d -> inception4e: Inception(256, 160, 320, 32, 128, 128) -> maxpool(2, stride: 2, ceil: true)
        -> inception5a: Inception(256, 160, 320, 32, 128, 128)
        -> inception5b: Inception(384, 192, 384, 48, 128, 128)
  first = a -> aux1: InceptionAux(classes, dropout_aux)
  second = d -> aux2: InceptionAux(classes, dropout_aux)
  (x -> global_avgpool -> flatten -> dropout(dropout) -> fc: linear(classes), first, second)
  init { conv, linear: trunc_normal(0, 0.01) }
  expect parameters 13_004_888
}

/// What GoogLeNet is trained by (section 5): the losses of the two classifiers half-way up are added with a weight of 0.3.
objective GoogLeNetLoss(net: GoogLeNet, weight: float = 0.3) : (input: [B, 3, H, W], target: int[B]) {
  (logits, first, second) = input -> net
  half_way = cross_entropy(first, target) + cross_entropy(second, target)
  minimize net: cross_entropy(logits, target) + weight * half_way
  metric accuracy = mean(cast(argmax(logits, dim: 1) == target, "float"))
}
