namespace Dlm.Models.Reinforcement

/// A policy (Williams, 1992): a logit for each action, from states of a few numbers, such as CartPole's (Barto et al., 1983).
model Policy(observation: int = 4, actions: int = 2, hidden: int = 128) : [B, observation] -> [B, actions] {
  linear(hidden) -> relu
  linear(actions)
  expect parameters 898
}

/// What return to expect from a state: the baseline of the policy's gradient.
model StateValue(observation: int = 4, hidden: int = 128) : [B, observation] -> [B] {
  linear(hidden) -> relu
  linear(1) -> squeeze(1)
  expect parameters 769
}

/// Both on what one layer makes of the state.
model ActorCritic(observation: int = 4, actions: int = 2, hidden: int = 128)
    : (state: [B, observation]) -> (logits: [B, actions], value: [B]) {
  h = state -> trunk: linear(hidden) -> relu
  (h -> actor: linear(actions), h -> critic: linear(1) -> squeeze(1))
  expect parameters 1_027
}

/// The same from four frames of a game, on the network of Mnih et al. (2013) (Mnih et al., 2016, section 8).
model AtariActorCritic(actions: int = 4) : (frames: [B, 4, 84, 84]) -> (logits: [B, actions], value: [B]) {
  h = frames -> trunk: {
    conv(16, 8, stride: 4) -> relu
    conv(32, 4, stride: 2) -> relu
    flatten -> linear(256) -> relu
  }
  (h -> actor: linear(actions), h -> critic: linear(1) -> squeeze(1))
  expect parameters 677_429
}

/// How likely the actions were that were taken.
fn log_likelihood(logits, action) = gather(log_softmax(logits, dim: -1), action)

/// How undecided a policy is.
fn entropy(logits) = -sum(softmax(logits, dim: -1) * log_softmax(logits, dim: -1), dim: -1)

/// REINFORCE (Williams, 1992, equation 11): actions become as much more likely as what followed was better than usual, a mean that is
/// carried along.
objective Reinforce(policy: Policy, momentum: float = 0.99) : (state: [B, N], action: int[B], gain: [B]) {
  buffer usual: [] = 0
  minimize policy: -mean(log_likelihood(state -> policy, action) * (gain - usual))
  usual = momentum * usual + (1 - momentum) * mean(gain)
}

/// The same with a network that learns what to expect of each state.
objective ReinforceWithBaseline(policy: Policy, baseline: StateValue) : (state: [B, N], action: int[B], gain: [B]) {
  expected = state -> baseline
  minimize policy: -mean(log_likelihood(state -> policy, action) * (gain - stop(expected)))
  minimize baseline: mse(expected, gain)
}

/// Advantage actor-critic (Mnih et al., 2016, algorithm S3), synchronous: the critic says what a state is worth, the actor learns by how much
/// better it went, and is kept from being sure too early.
objective AdvantageActorCritic(net: ActorCritic, value_weight: float = 0.5, entropy_weight: float = 0.01)
    : (state: [B, N], action: int[B], gain: [B]) {
  (logits, value) = state -> net
  advantage = stop(gain - value)
  actor = -mean(log_likelihood(logits, action) * advantage)
  critic = mse(value, gain)
  undecided = mean(entropy(logits))
  minimize net: actor + value_weight * critic - entropy_weight * undecided
  metric policy_entropy = undecided
}
