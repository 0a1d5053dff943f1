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

/// Q-learning with a target network (Mnih et al., 2015, algorithm 1): what is ahead is valued by a copy that stands still for a while.
objective DeepQ(q: model, target: frozen model, gamma: float = 0.99, period: int = 10_000)
    : (state: [B, C, H, W], action: int[B], reward: [B], next: [B, C, H, W], done: bool[B]) {
  best = max(next -> target, dim: 1)
  goal = reward + gamma * where(done, 0, best)
  value = gather(state -> q, action)
  minimize q: smooth_l1(value, stop(goal))
  every period: copy q -> target
  metric expected = mean(value)
}

objective AtariDeepQ = DeepQ(DeepQNetwork, DeepQNetwork)

/// For states of a few numbers, and as double Q-learning (van Hasselt et al., 2015, equation 4): the network chooses what the copy values.
/// The copy follows slowly (Lillicrap et al., 2015, section 3).
objective DoubleDeepQ(q: QNetwork, target: frozen QNetwork, gamma: float = 0.99, stay: float = 0.995)
    : (state: [B, N], action: int[B], reward: [B], next: [B, N], done: bool[B]) {
  best = gather(next -> target, argmax(next -> q, dim: 1))
  goal = reward + gamma * where(done, 0, best)
  value = gather(state -> q, action)
  minimize q: smooth_l1(value, stop(goal)), clip: 10
  ema q -> target, stay
  metric expected = mean(value)
}
