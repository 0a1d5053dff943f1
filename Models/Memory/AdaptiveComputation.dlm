namespace Dlm.Models.Memory

/// A step of a recurrent net that takes as many turns as it needs (Graves, 2016, section 2): each turn says with which probability it is
/// the last, and what comes out is the mean over the turns. It also gives the ponder cost, the turns and the remainder.
block Ponder(hidden: int, most: int, epsilon: float)
    : (x: [B, D], state: [B, hidden]) -> (state: [B, hidden], ponder: [B, 1]) {
  while any(total < 1 - epsilon) limit most
      with (s = state, mean = zeros(B, hidden), total = zeros(B, 1), ponder = zeros(B, 1), first = ones(B, 1)) {
    s = (concat(x, first, dim: 1), s) -> cell: rnn_cell(hidden)
    halt = s -> halt: linear(1) -> sigmoid
    going = where(total < 1 - epsilon, ones(B, 1), 0)
    stays = where(total + halt < 1 - epsilon, ones(B, 1), 0)
    p = going * (stays * halt + (1 - stays) * (1 - total))
    mean = mean + p * s
    ponder = ponder + going * (1 + (1 - stays) * (1 - total))
    total = total + p
    first = first * 0
  }
  (mean + (1 - total) * s, ponder)
  init { "halt.bias": 1 }  // short thoughts at first (section 3)
}

/// The parity of a vector of 1, -1 and 0 in one step of a net of 128 units (section 3.1): the harder, the longer it ponders.
model AdaptiveParity(bits: int = 64, hidden: int = 128, most: int = 100, epsilon: float = 0.01)
    : (x: [B, bits]) -> (logits: [B, 1], ponder: [B, 1]) {
  (state, ponder) = (x, zeros(B, hidden)) -> think: Ponder(hidden, most, epsilon)
  (state -> head: linear(1), ponder)
  expect parameters 25_218
}

/// The same for sequences: each step ponders as long as it has to.
model AdaptiveRnn(inputs: int = 10, outputs: int = 10, hidden: int = 128, most: int = 20, epsilon: float = 0.01)
    : (x: [B, T, inputs]) -> (logits: [B, T, outputs], ponder: [B, T, 1]) {
  layer think = Ponder(hidden, most, epsilon)
  (states, ponder) = x -> scan now over dim 1 with (s = zeros(B, hidden)) {
    (s, cost) = think(now, s)
    yield (s, cost)
  }
  (states -> head: linear(outputs), ponder)
  expect parameters 19_467
}

/// Being right, at the price of time (section 2, equation 13): tau is what a turn may cost.
objective ParityInTime(net: AdaptiveParity, tau: float = 0.001) : (x: [B, N], parity: [B, 1]) {
  (logits, ponder) = x -> net
  minimize net: bce_with_logits(logits, parity) + tau * mean(ponder)
  metric accuracy = mean(cast((logits > 0) == (parity > 0.5), "float"))
  metric ponder_cost = mean(ponder)
}

/// The same for sequences with bits to be said at each step, as those of section 3.2 are. A sequence is right where all of it is.
objective SequenceInTime(net: AdaptiveRnn, tau: float = 0.001) : (x: [B, T, I], target: [B, T, O]) {
  (logits, ponder) = x -> net
  minimize net: bce_with_logits(logits, target) + tau * mean(ponder)
  metric accuracy = mean(cast(all(flatten((logits > 0) == (target > 0.5)), dim: 1), "float"))
  metric ponder_cost = mean(ponder)
}
