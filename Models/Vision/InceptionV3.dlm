namespace Dlm.Models.Vision

/// A convolution of any window, normalised; it keeps the size, or takes no more than there is.
block WindowConv2d(planes: int, h: int, w: int, stride: int = 1, same: bool = true)
    : (x: [B, C, H, W]) -> [B, planes, _, _] {
  const pad = if same then 1 else 0
  conv: conv(planes, [h, w], stride: stride, pad: [pad * (h / 2), pad * (w / 2)], bias: false)
  bn: batchnorm(eps: 0.001) -> relu
}

/// A 5x5 window as two of 3x3 (Szegedy et al., 2015, figure 5).
block InceptionA(pool: int) : (x: [B, C, H, W]) -> [B, _, H, W] {
  parallel {
    branch1x1: WindowConv2d(64, 1, 1)
    branch5x5_1: WindowConv2d(48, 1, 1) -> branch5x5_2: WindowConv2d(64, 5, 5)
    branch3x3dbl_1: WindowConv2d(64, 1, 1) -> branch3x3dbl_2: WindowConv2d(96, 3, 3)
      -> branch3x3dbl_3: WindowConv2d(96, 3, 3)
    avgpool(3, stride: 1, pad: 1) -> branch_pool: WindowConv2d(pool, 1, 1)
  } -> concat(dim: 1)
}

/// Halves the sides (figure 10).
block InceptionB : (x: [B, C, H, W]) -> [B, _, _, _] {
  parallel {
    branch3x3: WindowConv2d(384, 3, 3, 2, same: false)
    branch3x3dbl_1: WindowConv2d(64, 1, 1) -> branch3x3dbl_2: WindowConv2d(96, 3, 3)
      -> branch3x3dbl_3: WindowConv2d(96, 3, 3, 2, same: false)
    maxpool(3, stride: 2)
  } -> concat(dim: 1)
}

/// Windows of 7x7 as one of 1x7 and one of 7x1 (figure 6).
block InceptionC(c: int) : (x: [B, C, H, W]) -> [B, _, H, W] {
  parallel {
    branch1x1: WindowConv2d(192, 1, 1)
    branch7x7_1: WindowConv2d(c, 1, 1) -> branch7x7_2: WindowConv2d(c, 1, 7) -> branch7x7_3: WindowConv2d(192, 7, 1)
    branch7x7dbl_1: WindowConv2d(c, 1, 1) -> branch7x7dbl_2: WindowConv2d(c, 7, 1)
      -> branch7x7dbl_3: WindowConv2d(c, 1, 7)
      -> branch7x7dbl_4: WindowConv2d(c, 7, 1) -> branch7x7dbl_5: WindowConv2d(192, 1, 7)
    avgpool(3, stride: 1, pad: 1) -> branch_pool: WindowConv2d(192, 1, 1)
  } -> concat(dim: 1)
}

/// Halves the sides again.
block InceptionD : (x: [B, C, H, W]) -> [B, _, _, _] {
  parallel {
    branch3x3_1: WindowConv2d(192, 1, 1) -> branch3x3_2: WindowConv2d(320, 3, 3, 2, same: false)
    branch7x7x3_1: WindowConv2d(192, 1, 1) -> branch7x7x3_2: WindowConv2d(192, 1, 7)
      -> branch7x7x3_3: WindowConv2d(192, 7, 1)
      -> branch7x7x3_4: WindowConv2d(192, 3, 3, 2, same: false)
    maxpool(3, stride: 2)
  } -> concat(dim: 1)
}

/// Wide, where the sides are small (figure 7).
block InceptionE : (x: [B, C, H, W]) -> [B, _, H, W] {
  one = x -> branch1x1: WindowConv2d(320, 1, 1)
  a = x -> branch3x3_1: WindowConv2d(384, 1, 1)
  b = a -> branch3x3_2a: WindowConv2d(384, 1, 3)
  c = a -> branch3x3_2b: WindowConv2d(384, 3, 1)
  d = x -> branch3x3dbl_1: WindowConv2d(448, 1, 1) -> branch3x3dbl_2: WindowConv2d(384, 3, 3)
  e = d -> branch3x3dbl_3a: WindowConv2d(384, 1, 3)
  f = d -> branch3x3dbl_3b: WindowConv2d(384, 3, 1)
  concat(one, b, c, e, f, x -> avgpool(3, stride: 1, pad: 1) -> branch_pool: WindowConv2d(192, 1, 1), dim: 1)
}

/// A classifier half-way up (section 4).
block InceptionV3Aux(classes: int) : (x: [B, C, H, W]) -> [B, classes] {
  avgpool(5, stride: 3) -> conv0: WindowConv2d(128, 1, 1) -> conv1: WindowConv2d(768, 5, 5, same: false)
  global_avgpool -> flatten -> fc: linear(classes)
}

/// Inception v3 (Szegedy et al., 2015, table 1) under torchvision's keys.
model InceptionV3(classes: int = 1000, dropout: float = 0.5)
    : [B, 3, 299, 299] -> (logits: [B, classes], auxiliary: [B, classes]) {
  Conv2d_1a_3x3: WindowConv2d(32, 3, 3, 2, same: false)
  Conv2d_2a_3x3: WindowConv2d(32, 3, 3, same: false) -> Conv2d_2b_3x3: WindowConv2d(64, 3, 3) -> maxpool(3, stride: 2)
  Conv2d_3b_1x1: WindowConv2d(80, 1, 1) -> Conv2d_4a_3x3: WindowConv2d(192, 3, 3, same: false) -> maxpool(3, stride: 2)
  Mixed_5b: InceptionA(32) -> Mixed_5c: InceptionA(64) -> Mixed_5d: InceptionA(64)
  Mixed_6a: InceptionB -> Mixed_6b: InceptionC(128) -> Mixed_6c: InceptionC(160) -> Mixed_6d: InceptionC(160)
  x = Mixed_6e: InceptionC(192)
  auxiliary = x -> AuxLogits: InceptionV3Aux(classes)
  y = x -> Mixed_7a: InceptionD -> Mixed_7b: InceptionE -> Mixed_7c: InceptionE
  (y -> global_avgpool -> dropout(dropout) -> flatten -> fc: linear(classes), auxiliary)
  init {
    conv, linear: trunc_normal(0, 0.1)
    "AuxLogits.conv1.conv.weight": trunc_normal(0, 0.01)
    "AuxLogits.fc.weight": trunc_normal(0, 0.001)
  }
  expect parameters 27_161_264
}

/// What Inception v3 is trained by: targets that leave a tenth to all classes alike (section 7), and the loss of the classifier half-way up beside it.
objective InceptionV3Loss(net: InceptionV3, weight: float = 0.4, smoothing: float = 0.1)
    : (input: [B, 3, 299, 299], target: int[B]) {
  (logits, auxiliary) = input -> net
  half_way = cross_entropy(auxiliary, target, label_smoothing: smoothing)
  minimize net: cross_entropy(logits, target, label_smoothing: smoothing) + weight * half_way
  metric accuracy = mean(cast(argmax(logits, dim: 1) == target, "float"))
}
