namespace Dlm.Models.Memory

/// Where a head looks (Graves et al., 2014, section 3.3 and figure 2): by what a slot holds, then from where it looked before.
block Addressing(slots: int) : (state: [B, D], memory: [B, slots, M], before: [B, slots]) -> [B, slots] {
  key = state -> key: linear(M) -> tanh
  strength = state -> strength: linear(1) -> softplus
  gate = state -> gate: linear(1) -> sigmoid
  shift = state -> shift: linear(3) -> softmax
  sharpen = 1 + (state -> sharpen: linear(1) -> softplus)
  content = softmax(strength * cosine_similarity(unsqueeze(key, 1), memory))
  mixed = gate * content + (1 - gate) * before
  moved = shift[:, 0:1] * roll(mixed, -1, dim: 1) + shift[:, 1:2] * mixed + shift[:, 2:3] * roll(mixed, 1, dim: 1)
  focused = (moved + 1e-8) ** sharpen
  focused / sum(focused, dim: 1, keep: true)
}

/// A neural Turing machine with an LSTM as its controller and a head each to read and to write (Graves et al., 2014), in the size of its
/// copy task (table 2). What an episode begins with is learned (section 4). Beside the logits it gives where it wrote and read at each step,
/// which is what figure 6 shows.
model NeuralTuringMachine(bits: int = 8, slots: int = 128, cells: int = 20, hidden: int = 100)
    : (x: [B, T, bits + 1]) -> (logits: [B, T, bits], written: [B, T, slots], looked: [B, T, slots]) {
  param start_memory: [slots, cells] = uniform(-0.1, 0.1)
  param start_read: [cells] = uniform(-0.1, 0.1)
  param start_h: [hidden] = zeros
  param start_c: [hidden] = zeros
  x -> scan now over dim 1 with (memory = start_memory + zeros(B, slots, cells), read = start_read + zeros(B, cells),
                                 h = start_h + zeros(B, hidden), c = start_c + zeros(B, hidden),
                                 look = zeros(B, slots), write = zeros(B, slots)) {
    (h, c) = (concat(now, read, dim: 1), h, c) -> controller: lstm_cell(hidden)
    write = (h, memory, write) -> write_head: Addressing(slots)
    erase = h -> erase: linear(cells) -> sigmoid
    add = h -> add: linear(cells) -> tanh
    memory = memory * (1 - unsqueeze(write, 2) * unsqueeze(erase, 1))
               + unsqueeze(write, 2) * unsqueeze(add, 1)
    look = (h, memory, look) -> read_head: Addressing(slots)
    read = einsum(look, memory, "bs,bsm->bm")
    yield (concat(h, read, dim: 1) -> head: linear(bits), write, look)
  }
  expect parameters 65_440
}

/// What it is compared to: three layers of LSTM (section 4.1 and table 3). A second bias in each layer is PyTorch's.
model StackedLstm(bits: int = 8, hidden: int = 256, layers: int = 3) : (x: [B, T, bits + 1]) -> [B, T, bits] {
  x -> lstm: lstm(hidden, layers: layers) -> head: linear(bits)
  expect parameters 1_328_136
}

/// How many bits of a sequence are written down wrong.
fn wrong_bits(logits, answer) = mean(sum(cast((logits > 0) != (answer > 0.5), "float"), dim: [1, 2]))

/// An episode (section 4): what is to be remembered flows in, and at its last steps nothing but the machine's answer counts.
objective Episode(net: NeuralTuringMachine) : (x: [B, T, I], answer: [B, L, N]) {
  (logits, _written, _looked) = x -> net
  minimize net: bce_with_logits(logits[:, T - L:], answer)
  metric bits_wrong = wrong_bits(logits[:, T - L:], answer)
}

/// The same for the net without a memory of its own.
objective EpisodeWithoutMemory(net: StackedLstm) : (x: [B, T, I], answer: [B, L, N]) {
  logits = x -> net
  minimize net: bce_with_logits(logits[:, T - L:], answer)
  metric bits_wrong = wrong_bits(logits[:, T - L:], answer)
}
