namespace Dlm.Models.Vision

/// Narrows, then adds some channels to all before it (Huang et al., 2017, "DenseNet-B").
block DenseLayer(growth: int) : (x: [B, C, H, W]) -> [B, _, H, W] {
  y = x -> norm1: batchnorm -> relu -> conv1: conv(4 * growth, 1, bias: false)
        -> norm2: batchnorm -> relu -> conv2: conv(growth, 3, pad: 1, bias: false)
  concat(x, y, dim: 1)
}

/// Halves the channels and the sides.
block Transition : (x: [B, C, H, W]) -> [B, _, _, _] {
  x -> norm: batchnorm -> relu -> conv: conv(C / 2, 1, bias: false) -> avgpool(2)
}

/// Densely connected networks for ImageNet (Huang et al., 2017, table 1) under torchvision's keys.
model DenseNet(depths: int[4], stem: int, growth: int, classes: int = 1000) : [B, 3, H, W] -> [B, classes] {
  features: {
    conv0: conv(stem, 7, stride: 2, pad: 3, bias: false) -> norm0: batchnorm -> relu -> maxpool(3, stride: 2, pad: 1)
    denseblock1: repeat i in 1..depths[0] + 1 as denselayer { DenseLayer(growth) }
    transition1: Transition
    denseblock2: repeat i in 1..depths[1] + 1 as denselayer { DenseLayer(growth) }
    transition2: Transition
    denseblock3: repeat i in 1..depths[2] + 1 as denselayer { DenseLayer(growth) }
    transition3: Transition
    denseblock4: repeat i in 1..depths[3] + 1 as denselayer { DenseLayer(growth) }
    norm5: batchnorm
  }
  relu -> global_avgpool -> flatten -> classifier: linear(classes)
  init { conv: kaiming_normal, linear.bias: zeros }
}

model DenseNet121 = DenseNet([6, 12, 24, 16], 64, 32)  expect parameters 7_978_856, macs 2.834G
model DenseNet169 = DenseNet([6, 12, 32, 32], 64, 32)  expect parameters 14_149_480, macs 3.36G
model DenseNet201 = DenseNet([6, 12, 48, 32], 64, 32)  expect parameters 20_013_928, macs 4.291G
