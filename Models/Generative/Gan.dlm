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
