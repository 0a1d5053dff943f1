namespace Dlm.Models.Vision

/// Two 3x3 convolutions with batch normalisation, as most implementations have them; the paper has neither that nor padding.
block DoubleConv(planes: int) : [B, C, H, W] -> [B, planes, H, W] {
  conv1: conv(planes, 3, pad: 1, bias: false) -> bn1: batchnorm -> relu
  conv2: conv(planes, 3, pad: 1, bias: false) -> bn2: batchnorm -> relu
}

/// Up by two, beside what was seen at that size on the way down.
block Up(planes: int) : (x: [B, C, H, W], skip: [B, planes, 2 * H, 2 * W]) -> [B, planes, 2 * H, 2 * W] {
  y = x -> up: conv_transpose(planes, 2, stride: 2)
  concat(skip, y, dim: 1) -> conv: DoubleConv(planes)
}

/// U-Net (Ronneberger et al., 2015, figure 1), with padding, so that the mask is as large as the image.
model UNet(channels: int = 3, classes: int = 2, base: int = 64) : (image: [B, channels, H, W]) -> [B, classes, H, W] {
  require H % 16 == 0 and W % 16 == 0
  a = image -> down1: DoubleConv(base)
  b = a -> maxpool(2) -> down2: DoubleConv(2 * base)
  c = b -> maxpool(2) -> down3: DoubleConv(4 * base)
  d = c -> maxpool(2) -> down4: DoubleConv(8 * base)
  e = d -> maxpool(2) -> bottom: DoubleConv(16 * base)
  f = (e, d) -> up4: Up(8 * base)
  g = (f, c) -> up3: Up(4 * base)
  h = (g, b) -> up2: Up(2 * base)
  (h, a) -> up1: Up(base) -> head: conv(classes, 1)
  expect parameters 31_037_698
}
