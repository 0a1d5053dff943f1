namespace Dlm.Models.Vision

/// Widens, looks at each channel, and narrows (Sandler et al., 2018, table 1).
block InvertedResidual(planes: int, expand: int, stride: int) : (x: [B, C, H, W]) -> [B, planes, _, _] {
  const hidden = C * expand
  y = if expand == 1
        then x -> conv: {
          { conv(C, 3, stride: stride, pad: 1, groups: C, bias: false) -> batchnorm -> relu6 }
          conv(planes, 1, bias: false) -> batchnorm
        }
        else x -> conv: {
          { conv(hidden, 1, bias: false) -> batchnorm -> relu6 }
          { conv(hidden, 3, stride: stride, pad: 1, groups: hidden, bias: false) -> batchnorm -> relu6 }
          conv(planes, 1, bias: false) -> batchnorm
        }
  if stride == 1 and C == planes then x + y else y
}

/// MobileNetV2 (Sandler et al., 2018, table 2) under torchvision's keys.
model MobileNetV2(classes: int = 1000, dropout: float = 0.2) : [B, 3, H, W] -> [B, classes] {
  features: {
    { conv(32, 3, stride: 2, pad: 1, bias: false) -> batchnorm -> relu6 }
    InvertedResidual(16, 1, 1)
    InvertedResidual(24, 6, 2) -> InvertedResidual(24, 6, 1)
    InvertedResidual(32, 6, 2) -> InvertedResidual(32, 6, 1) -> InvertedResidual(32, 6, 1)
    InvertedResidual(64, 6, 2) -> InvertedResidual(64, 6, 1) -> InvertedResidual(64, 6, 1) -> InvertedResidual(64, 6, 1)
    InvertedResidual(96, 6, 1) -> InvertedResidual(96, 6, 1) -> InvertedResidual(96, 6, 1)
    InvertedResidual(160, 6, 2) -> InvertedResidual(160, 6, 1) -> InvertedResidual(160, 6, 1)
    InvertedResidual(320, 6, 1)
    { conv(1280, 1, bias: false) -> batchnorm -> relu6 }
  }
  global_avgpool -> flatten -> classifier: { dropout(dropout) -> linear(classes) }
  init { conv: kaiming_normal(mode: "fan_out"), linear: normal(0, 0.01), linear.bias: zeros }
  expect parameters 3_504_872, macs 0.301G
}
