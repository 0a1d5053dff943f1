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
