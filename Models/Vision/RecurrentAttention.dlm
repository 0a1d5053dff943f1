namespace Dlm.Models.Vision

/// What a look at a place shows (Mnih et al., 2014, figure 1a): patches around it, each twice as wide and as coarse as the one before.
block GlimpseSensor(side: int, size: int, scales: int) : (image: [B, C, side, side], place: [B, 2]) -> [B, _] {
  scan i over 0..scales with (reach = full(1.0 * size / side, B, 1, 1)) {
    window = concat(eye(2), zeros(2, 1), dim: 1) * reach + concat(zeros(B, 2, 2), unsqueeze(place, 2), dim: 2)
    reach = 2 * reach
    yield grid_sample(image, affine_grid(window, size, size))
  }
  rearrange("s b c h w -> b (s c h w)")
}

/// What is there, together with where it is (figure 1b).
block GlimpseNetwork(side: int, size: int, scales: int) : (image: [B, C, side, side], place: [B, 2]) -> [B, 256] {
  what = (image, place) -> GlimpseSensor(side, size, scales) -> what1: linear(128) -> relu -> what2: linear(256)
  where_ = place -> where1: linear(128) -> relu -> where2: linear(256)
  relu(what + where_)
}

/// Recurrent visual attention (Mnih et al., 2014, figure 1c, with the sizes of section 4.1): it looks at some places of an image, one after the
/// other, and says what it is. Each place is drawn around a mean that the last look suggests; of the first, where it is not given, nothing is known.
/// What is seen and remembered learns from the class alone; where to look and what reward to expect, only from what came of it (section 3).
model RecurrentAttention(side: int = 28, glimpses: int = 6, size: int = 8, scales: int = 1, classes: int = 10,
                         noise: float = 0.1)
    : (image: [B, 1, side, side], start: [B, 2]?)
    -> (logits: [B, classes], places: [glimpses, B, 2], means: [glimpses, B, 2], values: [glimpses, B, 1]) {
  (places, means, values) = scan i over 0..glimpses
      with (h = zeros(B, 256), place = if start then start else 2 * rand(B, 2) - 1) {
    g = (image, place) -> glimpse: GlimpseNetwork(side, size, scales)
    h = (g, h) -> core: rnn_cell(256, activation: "relu")
    mean = stop(h) -> locate: linear(2) -> tanh
    place = stop(clamp(mean + noise * randn_like(mean), -1, 1))
    yield (place, mean, stop(h) -> value: linear(1))
  }
  (h -> classify: linear(classes), places, means, values)
  expect parameters 209_677
}

/// Learns what to say from the class, and where to look from whether that was right (Mnih et al., 2014, section 3, equation 3): REINFORCE, for
/// nothing tells how a place should have been chosen. A place counts by how much better it went than was expected after the look before;
/// the last one is never looked at.
objective GlimpseLearning(net: RecurrentAttention, noise: float = 0.1, search: float = 0.01)
    : (image: [B, 1, S, S], label: int[B]) {
  (logits, places, means, values) = image -> net
  right = cast(argmax(logits, dim: 1) == label, "float")
  expected = squeeze(values, 2)
  likelihood = -sum((places - means) ** 2, dim: 2) / (2 * noise ** 2)
  seeking = -mean(sum((likelihood * (right - stop(expected)))[:-1], dim: 0))
  minimize net: cross_entropy(logits, label) + mean((right - expected) ** 2) + search * seeking
  metric accuracy = mean(right)
}
