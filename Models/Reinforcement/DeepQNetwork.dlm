namespace Dlm.Models.Reinforcement

/// The Atari network of deep Q-learning (Mnih et al., 2015, Methods, "Model architecture"): four frames in, a value for each action out.
model DeepQNetwork(actions: int = 4) : [B, 4, 84, 84] -> [B, actions] {
  conv(32, 8, stride: 4) -> relu
  conv(64, 4, stride: 2) -> relu
  conv(64, 3) -> relu
  flatten -> linear(512) -> relu
  linear(actions)
  expect parameters 1_686_180
}

/// Its smaller predecessor (Mnih et al., 2013, section 4.1).
model DeepQNetwork2013(actions: int = 4) : [B, 4, 84, 84] -> [B, actions] {
  conv(16, 8, stride: 4) -> relu
  conv(32, 4, stride: 2) -> relu
  flatten -> linear(256) -> relu
  linear(actions)
  expect parameters 677_172
}

/// The duelling form (Wang et al., 2016, section 3, equation 9): how good it is to be here, and by how much each action is better than
/// the mean of all.
model DuelingDeepQNetwork(actions: int = 4) : (frames: [B, 4, 84, 84]) -> [B, actions] {
  seen = frames -> features: {
    conv(32, 8, stride: 4) -> relu
    conv(64, 4, stride: 2) -> relu
    conv(64, 3) -> relu -> flatten
  }
  value = seen -> value: { linear(512) -> relu -> linear(1) }
  advantage = seen -> advantage: { linear(512) -> relu -> linear(actions) }
  value + advantage - mean(advantage, dim: 1, keep: true)
  expect parameters 3_292_837
}

/// A perceptron with a value for each action, for states of a few numbers, such as CartPole's (Barto et al., 1983).
model QNetwork(observation: int = 4, actions: int = 2, hidden: int = 128) : [B, observation] -> [B, actions] {
  linear(hidden) -> relu
  linear(hidden) -> relu
  linear(actions)
  expect parameters 17_410
}

/// A network of the same kind for small pictures, such as those of a game of catch.
model PixelQNetwork(height: int = 24, width: int = 24, actions: int = 3) : [B, 1, height, width] -> [B, actions] {
  conv(16, 4, stride: 2) -> relu
  conv(32, 3, stride: 2) -> relu
  flatten -> linear(128) -> relu
  linear(actions)
  expect parameters 107_827
}

/// The duelling form of it.
model DuelingPixelQNetwork(height: int = 24, width: int = 24, actions: int = 3)
    : (picture: [B, 1, height, width]) -> [B, actions] {
  seen = picture -> features: {
    conv(16, 4, stride: 2) -> relu
    conv(32, 3, stride: 2) -> relu -> flatten
  }
  value = seen -> value: { linear(128) -> relu -> linear(1) }
  advantage = seen -> advantage: { linear(128) -> relu -> linear(actions) }
  value + advantage - mean(advantage, dim: 1, keep: true)
  expect parameters 210_484
}
