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

/// The same game as that of perceptrons, with noise as an image of one pixel (Radford et al., 2015, section 4), and how many images each
/// side takes for what they are.
objective ConvolutionalGame(generator: model, discriminator: model, z: int = 100) : (real: [B, C, H, W]) {
  fake = randn(B, z, 1, 1) -> generator
  (on_real, on_fake) = (real -> discriminator, stop(fake) -> discriminator)
  minimize discriminator: bce_with_logits(on_real, 1) + bce_with_logits(on_fake, 0)
  minimize generator: bce_with_logits(fake -> discriminator, 1)
  metric real_seen = mean(cast(on_real > 0, "float"))
  metric fake_seen = mean(cast(on_fake < 0, "float"))
}

objective DcganGame = ConvolutionalGame(DcganGenerator, DcganDiscriminator)
objective DcganGame32 = ConvolutionalGame(DcganGenerator32, DcganDiscriminator32)
