namespace Dlm.Models.Vision

/// Very deep networks of 3x3 convolutions (Simonyan and Zisserman, 2014, table 1), plain or with batch normalisation, under torchvision's keys.
model Vgg(depths: int[5], norm: bool, classes: int = 1000, hidden: int = 4096, dropout: float = 0.5)
    : [B, 3, H, W] -> [B, classes] {
  features: {
    repeat depths[0] inline { conv(64, 3, pad: 1) -> if norm then batchnorm -> relu else relu } -> maxpool(2)
    repeat depths[1] inline { conv(128, 3, pad: 1) -> if norm then batchnorm -> relu else relu } -> maxpool(2)
    repeat depths[2] inline { conv(256, 3, pad: 1) -> if norm then batchnorm -> relu else relu } -> maxpool(2)
    repeat depths[3] inline { conv(512, 3, pad: 1) -> if norm then batchnorm -> relu else relu } -> maxpool(2)
    repeat depths[4] inline { conv(512, 3, pad: 1) -> if norm then batchnorm -> relu else relu } -> maxpool(2)
  }
  adaptive_avgpool(7) -> flatten -> classifier: {
    linear(hidden) -> relu -> dropout(dropout)
    linear(hidden) -> relu -> dropout(dropout) -> linear(classes)
  }
  init { conv: kaiming_normal(mode: "fan_out", nonlinearity: "relu"), linear: normal(0, 0.01), "*.bias": zeros }
}

model Vgg11   = Vgg([1, 1, 2, 2, 2], false)  expect parameters 132_863_336, macs 7.609G
model Vgg13   = Vgg([2, 2, 2, 2, 2], false)  expect parameters 133_047_848, macs 11.308G
model Vgg16   = Vgg([2, 2, 3, 3, 3], false)  expect parameters 138_357_544, macs 15.47G
model Vgg19   = Vgg([2, 2, 4, 4, 4], false)  expect parameters 143_667_240, macs 19.632G
model Vgg11Bn = Vgg([1, 1, 2, 2, 2], true)   expect parameters 132_868_840, macs 7.609G
model Vgg13Bn = Vgg([2, 2, 2, 2, 2], true)   expect parameters 133_053_736, macs 11.308G
model Vgg16Bn = Vgg([2, 2, 3, 3, 3], true)   expect parameters 138_365_992, macs 15.47G
model Vgg19Bn = Vgg([2, 2, 4, 4, 4], true)   expect parameters 143_678_248, macs 19.632G
