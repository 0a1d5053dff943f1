namespace Dlm.Models.Generative

/// The generator of the first pair (Goodfellow et al., 2014, section 5): noise becomes an image of values from -1 to 1. A perceptron as
/// in the paper, but with ReLU alone, where the paper mixes rectifiers and sigmoids.
model GanGenerator(z: int = 100, size: int = 28) : [B, z] -> [B, 1, size, size] {
  linear(256) -> relu
  linear(512) -> relu
  linear(size ** 2) -> tanh
  reshape(-1, 1, size, size)
  expect parameters 559_632
}

/// Its adversary: a logit for each image, above 0 where it takes the image for a real one. Leaky rectifiers stand where the paper has maxout.
model GanDiscriminator(size: int = 28) : [B, 1, size, size] -> [B] {
  flatten
  linear(512) -> leaky_relu(0.2)
  linear(256) -> leaky_relu(0.2)
  linear(1) -> squeeze(1)
  expect parameters 533_505
}

/// The game of two players (Goodfellow et al., 2014, algorithm 1): one step of the discriminator, one of the generator, which maximises the
/// logarithm of the mistake rather than minimise that of its own failure (section 3).
objective AdversarialGame(generator: model, discriminator: model, z: int = 100) : (real: [B, C, H, W]) {
  fake = randn(B, z) -> generator
  minimize discriminator: bce_with_logits(real -> discriminator, 1) + bce_with_logits(stop(fake) -> discriminator, 0)
  minimize generator: bce_with_logits(fake -> discriminator, 1)
}

objective GanGame = AdversarialGame(GanGenerator, GanDiscriminator)
