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

/// The distance that earth has to be moved (Arjovsky et al., 2017, algorithm 1), with clipped weights; the generator is stepped once for
/// five steps of the critic.
objective Wgan(generator: DcganGenerator32, critic: WganCritic, z: int = 100, clip: float = 0.01)
    : (real: [B, C, H, W]) {
  fake = randn(B, z, 1, 1) -> generator
  minimize critic: mean(stop(fake) -> critic) - mean(real -> critic)
  clamp critic, clip
  every 5: minimize generator: -mean(randn(B, z, 1, 1) -> generator -> critic)
}

/// The same with a penalty where the slope between a real and a made image is not 1 (Gulrajani et al., 2017, algorithm 1).
objective WganGp(generator: DcganGenerator32, critic: WganGpCritic, z: int = 100, penalty: float = 10)
    : (real: [B, C, H, W]) {
  fake = randn(B, z, 1, 1) -> generator -> stop
  share = rand(B, 1, 1, 1)
  between = share * real + (1 - share) * fake
  slope = norm(flatten(gradient(between -> critic, between)), dim: 1)
  distance = mean(real -> critic) - mean(fake -> critic)
  minimize critic: penalty * mean((slope - 1) ** 2) - distance
  every 5: minimize generator: -mean(randn(B, z, 1, 1) -> generator -> critic)
  metric distance_moved = distance
}
