namespace Dlm.Models.Generative

/// Noise becomes an image, each layer twice as tall and as wide (Radford et al., 2015, figure 1), at the widths and under the keys of
/// PyTorch's tutorial.
model DcganGenerator(z: int = 100, width: int = 64, channels: int = 3) : [B, z, 1, 1] -> [B, channels, 64, 64] {
  main: {
    conv_transpose(8 * width, 4, bias: false) -> batchnorm -> relu
    conv_transpose(4 * width, 4, stride: 2, pad: 1, bias: false) -> batchnorm -> relu
    conv_transpose(2 * width, 4, stride: 2, pad: 1, bias: false) -> batchnorm -> relu
    conv_transpose(width, 4, stride: 2, pad: 1, bias: false) -> batchnorm -> relu
    conv_transpose(channels, 4, stride: 2, pad: 1, bias: false) -> tanh
  }
  init {
    conv_transpose: normal(0, 0.02)
    batchnorm.weight: normal(1, 0.02)
  }
  expect parameters 3_576_704
}

/// The way back: a logit for each image.
model DcganDiscriminator(width: int = 64, channels: int = 3) : [B, channels, 64, 64] -> [B] {
  main: {
    conv(width, 4, stride: 2, pad: 1, bias: false) -> leaky_relu(0.2)
    conv(2 * width, 4, stride: 2, pad: 1, bias: false) -> batchnorm -> leaky_relu(0.2)
    conv(4 * width, 4, stride: 2, pad: 1, bias: false) -> batchnorm -> leaky_relu(0.2)
    conv(8 * width, 4, stride: 2, pad: 1, bias: false) -> batchnorm -> leaky_relu(0.2)
    conv(1, 4, bias: false)
  }
  reshape(-1)
  init {
    conv: normal(0, 0.02)
    batchnorm.weight: normal(1, 0.02)
  }
  expect parameters 2_765_568
}

/// A generator with a layer less, for images of 32x32.
model DcganGenerator32(z: int = 100, width: int = 64, channels: int = 1) : [B, z, 1, 1] -> [B, channels, 32, 32] {
  main: {
    conv_transpose(4 * width, 4, bias: false) -> batchnorm -> relu
    conv_transpose(2 * width, 4, stride: 2, pad: 1, bias: false) -> batchnorm -> relu
    conv_transpose(width, 4, stride: 2, pad: 1, bias: false) -> batchnorm -> relu
    conv_transpose(channels, 4, stride: 2, pad: 1, bias: false) -> tanh
  }
  init {
    conv_transpose: normal(0, 0.02)
    batchnorm.weight: normal(1, 0.02)
  }
}

/// And its adversary.
model DcganDiscriminator32(width: int = 64, channels: int = 1) : [B, channels, 32, 32] -> [B] {
  main: {
    conv(width, 4, stride: 2, pad: 1, bias: false) -> leaky_relu(0.2)
    conv(2 * width, 4, stride: 2, pad: 1, bias: false) -> batchnorm -> leaky_relu(0.2)
    conv(4 * width, 4, stride: 2, pad: 1, bias: false) -> batchnorm -> leaky_relu(0.2)
    conv(1, 4, bias: false)
  }
  reshape(-1)
  init {
    conv: normal(0, 0.02)
    batchnorm.weight: normal(1, 0.02)
  }
}
