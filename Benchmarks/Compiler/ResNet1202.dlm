/// The deepest net of He et al. (2015, table 6), with projections where the size changes.
block BasicBlock(planes: int, stride: int = 1) : (x: [B, C, H, W]) -> [B, planes, _, _] {
  main = x -> conv1: conv(planes, 3, stride: stride, pad: 1, bias: false) -> bn1: batchnorm -> relu
           -> conv2: conv(planes, 3, pad: 1, bias: false) -> bn2: batchnorm
  skip = if stride != 1 or C != planes
           then x -> downsample: { conv(planes, 1, stride: stride, bias: false) -> batchnorm }
           else x
  relu(main + skip)
}

model CifarResNet(depth: int, classes: int = 10) : [B, 3, 32, 32] -> [B, classes] {
  conv1: conv(16, 3, pad: 1, bias: false) -> bn1: batchnorm -> relu
  layer1: repeat i in 0..depth { BasicBlock(16) }
  layer2: repeat i in 0..depth { BasicBlock(32, stride: if i == 0 then 2 else 1) }
  layer3: repeat i in 0..depth { BasicBlock(64, stride: if i == 0 then 2 else 1) }
  global_avgpool -> flatten -> linear: linear(classes)
}

model ResNet1202 = CifarResNet(200)
