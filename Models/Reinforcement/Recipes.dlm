namespace Dlm.Models.Reinforcement

/// Deep Q-learning on Atari games (Mnih et al., 2015, extended data table 1); a step for every four that are played.
train DeepQOnAtari on AtariDeepQ {
  optimizer q: rmsprop(rate: 2.5e-4, alpha: 0.95, epsilon: 0.01, centered: true)
  batch     32
  steps     12_500_000
}

/// Double Q-learning (van Hasselt et al., 2016, appendix), as above.
train DoubleQOnAtari on AtariDoubleQ {
  optimizer q: rmsprop(rate: 2.5e-4, alpha: 0.95, epsilon: 0.01, centered: true)
  batch     32
  steps     12_500_000
}

/// The duelling network at a rate of its own (Wang et al., 2016, section 4.2).
train DuelingQOnAtari on AtariDuelingQ {
  optimizer q: rmsprop(rate: 6.25e-5, alpha: 0.95, epsilon: 0.01, centered: true)
  batch     32
  steps     12_500_000
}

/// From a prioritised memory, with a quarter of the rate (Schaul et al., 2016, section 4).
train PrioritizedQOnAtari on AtariPrioritizedQ {
  optimizer q: rmsprop(rate: 6.25e-5, alpha: 0.95, epsilon: 0.01, centered: true)
  batch     32
  steps     12_500_000
}

/// Advantage actor-critic with five steps of sixteen environments (Mnih et al., 2016, section 4; 7e-4 is within what they tried).
train ActorCriticOnCartPole on AdvantageActorCritic {
  optimizer net: rmsprop(rate: 7e-4, alpha: 0.99, epsilon: 0.1)
  batch     80
  clip      40
  steps     25_000
}
