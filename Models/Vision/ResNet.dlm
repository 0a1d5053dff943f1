namespace Dlm.Models.Vision

/// Two 3x3 convolutions and a shortcut (He et al., 2015, fig. 5 left).
block BasicBlock(planes: int, stride: int = 1) : (x: [B, C, H, W]) -> [B, planes, _, _] {
  main = x -> conv1: conv(planes, 3, stride: stride, pad: 1, bias: false) -> bn1: batchnorm -> relu
           -> conv2: conv(planes, 3, pad: 1, bias: false) -> bn2: batchnorm
  skip = if stride != 1 or C != planes
           then x -> downsample: { conv(planes, 1, stride: stride, bias: false) -> batchnorm }
           else x
  relu(main + skip)
}

/// A 1x1, a 3x3 and a 1x1 convolution and a shortcut (He et al., 2015, fig. 5 right). The stride is in the 3x3 convolution, as in
/// the implementations that most published weights come from ("v1.5").
block Bottleneck(planes: int, stride: int = 1) : (x: [B, C, H, W]) -> [B, 4 * planes, _, _] {
  main = x -> conv1: conv(planes, 1, bias: false) -> bn1: batchnorm -> relu
           -> conv2: conv(planes, 3, stride: stride, pad: 1, bias: false) -> bn2: batchnorm -> relu
           -> conv3: conv(4 * planes, 1, bias: false) -> bn3: batchnorm
  skip = if stride != 1 or C != 4 * planes
           then x -> downsample: { conv(4 * planes, 1, stride: stride, bias: false) -> batchnorm }
           else x
  relu(main + skip)
}

/// Residual networks for ImageNet (He et al., 2015, table 1).
model ResNet(unit: block, depths: int[4], classes: int = 1000) : [B, 3, H, W] -> [B, classes] {
  conv1: conv(64, 7, stride: 2, pad: 3, bias: false) -> bn1: batchnorm -> relu -> maxpool(3, stride: 2, pad: 1)
  layer1: repeat i in 0..depths[0] { unit(64) }
  layer2: repeat i in 0..depths[1] { unit(128, stride: if i == 0 then 2 else 1) }
  layer3: repeat i in 0..depths[2] { unit(256, stride: if i == 0 then 2 else 1) }
  layer4: repeat i in 0..depths[3] { unit(512, stride: if i == 0 then 2 else 1) }
  global_avgpool -> flatten -> fc: linear(classes)
  init { conv: kaiming_normal(mode: "fan_out", nonlinearity: "relu") }
}

model ResNet18  = ResNet(BasicBlock, [2, 2, 2, 2])   expect parameters 11_689_512, macs 1.814G
model ResNet34  = ResNet(BasicBlock, [3, 4, 6, 3])   expect parameters 21_797_672, macs 3.664G
model ResNet50  = ResNet(Bottleneck, [3, 4, 6, 3])   expect parameters 25_557_032, macs 4.089G
model ResNet101 = ResNet(Bottleneck, [3, 4, 23, 3])  expect parameters 44_549_160, macs 7.801G
model ResNet152 = ResNet(Bottleneck, [3, 8, 36, 3])  expect parameters 60_192_808, macs 11.514G
