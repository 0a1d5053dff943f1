namespace Dlm.Models.Reinforcement

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
objective PixelDeepQ = DeepQ(PixelQNetwork, PixelQNetwork)

/// Double Q-learning (van Hasselt et al., 2016, equation 4): the network chooses what the copy values, so that no value is chosen for its
/// error. The duelling network learns in the same way, with its gradients' norm at most 10 (Wang et al., 2016, section 4.2).
objective DoubleQ(q: model, target: frozen model, gamma: float = 0.99, period: int = 10_000)
    : (state: [B, C, H, W], action: int[B], reward: [B], next: [B, C, H, W], done: bool[B]) {
  best = gather(next -> target, argmax(next -> q, dim: 1))
  goal = reward + gamma * where(done, 0, best)
  value = gather(state -> q, action)
  minimize q: smooth_l1(value, stop(goal)), clip: 10
  every period: copy q -> target
  metric expected = mean(value)
}

objective AtariDoubleQ = DoubleQ(DeepQNetwork, DeepQNetwork)
objective AtariDuelingQ = DoubleQ(DuelingDeepQNetwork, DuelingDeepQNetwork)
objective PixelDoubleQ = DoubleQ(PixelQNetwork, PixelQNetwork)
objective PixelDuelingQ = DoubleQ(DuelingPixelQNetwork, DuelingPixelQNetwork)

/// Double Q-learning from a memory that draws more often what the network was wrong about (Schaul et al., 2016, algorithm 1): what is drawn
/// more often weighs less, and the new errors become the priorities.
objective PrioritizedQ(q: model, target: frozen model, gamma: float = 0.99, period: int = 10_000)
    : (state: [B, C, H, W], action: int[B], reward: [B], next: [B, C, H, W], done: bool[B], weight: [B]) {
  best = gather(next -> target, argmax(next -> q, dim: 1))
  goal = reward + gamma * where(done, 0, best)
  value = gather(state -> q, action)
  minimize q: mean(weight * smooth_l1(value, stop(goal), reduction: "none"))
  every period: copy q -> target
  output errors = goal - value
  metric expected = mean(value)
}

objective AtariPrioritizedQ = PrioritizedQ(DeepQNetwork, DeepQNetwork)
objective PixelPrioritizedQ = PrioritizedQ(PixelQNetwork, PixelQNetwork)

/// Double Q-learning for states of a few numbers, where the copy follows slowly (Lillicrap et al., 2015, section 3).
objective DoubleDeepQ(q: QNetwork, target: frozen QNetwork, gamma: float = 0.99, stay: float = 0.995)
    : (state: [B, N], action: int[B], reward: [B], next: [B, N], done: bool[B]) {
  best = gather(next -> target, argmax(next -> q, dim: 1))
  goal = reward + gamma * where(done, 0, best)
  value = gather(state -> q, action)
  minimize q: smooth_l1(value, stop(goal)), clip: 10
  ema q -> target, stay
  metric expected = mean(value)
}
