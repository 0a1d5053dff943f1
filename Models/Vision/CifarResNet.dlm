namespace Dlm.Models.Vision

/// The shortcut without parameters (He et al., 2015, section 4.2, option A): of the pixels one in each square, and zeros for the
/// channels that are new, as many before those there are as after them.
block PaddedShortcut(planes: int, stride: int) : (x: [B, C, H, W]) -> [B, planes, _, _] {
  require planes >= C and (planes - C) % 2 == 0
  few = x[:, :, ::stride, ::stride]
  zero = zeros_like(few[:, 0:(planes - C) / 2])
  concat(zero, few, zero, dim: 1)
}

/// Two 3x3 convolutions and that shortcut.
block CifarBlock(planes: int, stride: int = 1) : (x: [B, C, H, W]) -> [B, planes, _, _] {
  main = x -> conv1: conv(planes, 3, stride: stride, pad: 1, bias: false) -> bn1: batchnorm -> relu
           -> conv2: conv(planes, 3, pad: 1, bias: false) -> bn2: batchnorm
  skip = if stride != 1 or C != planes then x -> shortcut: PaddedShortcut(planes, stride) else x
  relu(main + skip)
}

/// Residual networks for CIFAR-10 (He et al., 2015, section 4.2): 6n + 2 layers, n of the blocks at each of three sizes. The names
/// are those of akamaster/pytorch_resnet_cifar10, whose weights load.
model CifarResNet(n: int, classes: int = 10) : [B, 3, H, W] -> [B, classes] {
  conv1: conv(16, 3, pad: 1, bias: false) -> bn1: batchnorm -> relu
  layer1: repeat i in 0..n { CifarBlock(16) }
  layer2: repeat i in 0..n { CifarBlock(32, stride: if i == 0 then 2 else 1) }
  layer3: repeat i in 0..n { CifarBlock(64, stride: if i == 0 then 2 else 1) }
  global_avgpool -> flatten -> linear: linear(classes)
}

model CifarResNet20   = CifarResNet(3)    expect parameters 269_722
model CifarResNet32   = CifarResNet(5)    expect parameters 464_154
model CifarResNet44   = CifarResNet(7)    expect parameters 658_586
model CifarResNet56   = CifarResNet(9)    expect parameters 853_018
model CifarResNet110  = CifarResNet(18)   expect parameters 1_727_962
model CifarResNet1202 = CifarResNet(200)  expect parameters 19_421_274
