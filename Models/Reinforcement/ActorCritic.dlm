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
