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
