namespace Dlm.Models.SelfSupervised

use Dlm.Models.Vision

/// A residual network as far as its pooled features (He et al., 2015, table 1); <c>small</c> is its form for small images, with a 3x3
/// convolution and no pooling before the blocks (Chen et al., 2020, appendix B.9).
model ResNetFeatures(unit: block, depths: int[4], small: bool = false, base: int = 64)
    : (image: [B, 3, H, W]) -> [B, _] {
  stem = if small
           then image -> conv1: conv(base, 3, pad: 1, bias: false) -> bn1: batchnorm -> relu
           else image -> conv1: conv(base, 7, stride: 2, pad: 3, bias: false) -> bn1: batchnorm -> relu
                  -> maxpool(3, stride: 2, pad: 1)
  stem -> layer1: repeat i in 0..depths[0] { unit(base) }
  layer2: repeat i in 0..depths[1] { unit(2 * base, stride: if i == 0 then 2 else 1) }
  layer3: repeat i in 0..depths[2] { unit(4 * base, stride: if i == 0 then 2 else 1) }
  layer4: repeat i in 0..depths[3] { unit(8 * base, stride: if i == 0 then 2 else 1) }
  global_avgpool -> flatten
  init { conv: kaiming_normal(mode: "fan_out", nonlinearity: "relu") }
}

model ResNet50Features = ResNetFeatures(Bottleneck, [3, 4, 6, 3])  expect parameters 23_508_032

/// Where views of an image are compared, which is not where its features are best (section 4.2).
block ProjectionHead(width: int) : (h: [B, D]) -> [B, width] {
  linear(D, bias: false) -> relu -> linear(width, bias: false)
}

/// Learning without labels (Chen et al., 2020, figure 2): the encoder f gives the features, which are what is learned; what g makes of
/// them is to be close for two views of one image, and far for all others.
model SimClr(unit: block, depths: int[4], small: bool = false, base: int = 64, width: int = 128)
    : (image: [B, 3, H, W]) -> (projection: [B, width], features: [B, _]) {
  h = image -> encoder: ResNetFeatures(unit, depths, small, base)
  (h -> projector: ProjectionHead(width), h)
}

model SimClrResNet50 = SimClr(Bottleneck, [3, 4, 6, 3])               expect parameters 27_964_480
model SimClrCifar50  = SimClr(Bottleneck, [3, 4, 6, 3], small: true)  expect parameters 27_956_800
model SimClrCifar18  = SimClr(BasicBlock, [2, 2, 2, 2], small: true)  expect parameters 11_496_512

/// The contrastive loss (Chen et al., 2020, equation 1): of all other views in the batch, each is to be closest to the one of the same
/// image, by the cosine of their projections.
objective Contrast(net: model, temperature: float = 0.5) : (first: [B, 3, H, W], second: [B, 3, H, W]) {
  (projection, _features) = concat(first, second, dim: 0) -> net
  z = normalize(projection, dim: 1)
  similarity = masked_fill(z @ transpose(z, 0, 1) / temperature, cast(eye(2 * B), "bool"), -1e9)
  partner = concat(arange(B, 2 * B), arange(0, B), dim: 0)
  minimize net: cross_entropy(similarity, partner)
  metric accuracy = mean(cast(argmax(similarity, dim: 1) == partner, "float"))
}

objective SimClrGame50 = Contrast(SimClrResNet50)
objective SimClrGameCifar = Contrast(SimClrCifar18)
