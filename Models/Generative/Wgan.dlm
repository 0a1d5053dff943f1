namespace Dlm.Models.Generative

/// How real an image is, by a number without bounds (Arjovsky et al., 2017), for clipped weights: the network of DCGAN.
model WganCritic(width: int = 64, channels: int = 1) : [B, channels, 32, 32] -> [B] {
  main: {
    conv(width, 4, stride: 2, pad: 1, bias: false) -> leaky_relu(0.2)
    conv(2 * width, 4, stride: 2, pad: 1, bias: false) -> batchnorm -> leaky_relu(0.2)
    conv(4 * width, 4, stride: 2, pad: 1, bias: false) -> batchnorm -> leaky_relu(0.2)
    conv(1, 4, bias: false)
  }
  reshape(-1)
  init { conv: normal(0, 0.02), batchnorm.weight: normal(1, 0.02) }
}

/// The same for a penalty on the gradient of each image by itself: batch normalisation would mix them, so that layer normalisation stands
/// in its place (Gulrajani et al., 2017, section 4).
model WganGpCritic(width: int = 64, channels: int = 1) : [B, channels, 32, 32] -> [B] {
  main: {
    conv(width, 4, stride: 2, pad: 1) -> leaky_relu(0.2)
    conv(2 * width, 4, stride: 2, pad: 1) -> groupnorm(1) -> leaky_relu(0.2)
    conv(4 * width, 4, stride: 2, pad: 1) -> groupnorm(1) -> leaky_relu(0.2)
    conv(1, 4)
  }
  reshape(-1)
}
