namespace Dlm.Models.Language

/// How well each word that was read fits each that is written (Luong et al., 2015, section 3.1): dot, general or concat.
block Score(kind: string) : (state: [B, T, D], memory: [B, S, D]) -> [B, T, S] {
  require kind == "dot" or kind == "general" or kind == "concat"
  if kind == "dot" then state @ transpose(memory, 1, 2)
    else if kind == "general" then state @ transpose(memory -> W: linear(D, bias: false), 1, 2)
    else tanh(unsqueeze(state -> W_state: linear(D, bias: false), 2)
                + unsqueeze(memory -> W_memory: linear(D, bias: false), 1))
           -> v: linear(1, bias: false) -> squeeze(-1)
}

/// Attention to all that was read (section 3.1).
model LuongGlobal(source_vocab: int = 50_000, target_vocab: int = 50_000, width: int = 1000, layers: int = 4,
                  score: string = "general")
    : (source: int[B, S], target: int[B, T], mask: bool[B, S]?)
    -> (logits: [B, T, target_vocab], alignment: [B, T, S]) {
  (memory, h, c) = source -> source_embed: embedding(source_vocab, width)
                     -> encoder: lstm(width, layers: layers, states: true)
  y = (target -> target_embed: embedding(target_vocab, width), h, c) -> decoder: lstm(width, layers: layers)
  e = (y, memory) -> score: Score(score)
  weights = softmax(if mask then where(unsqueeze(mask, 1), e, -1e9) else e)
  attended = concat(weights @ memory, y, dim: -1) -> W_c: linear(width, bias: false) -> tanh
  (attended -> head: linear(target_vocab), weights)
  init { "*": uniform(-0.1, 0.1) }
  expect parameters 217_114_000
}

/// Attention to a window around a place that the state predicts, most to its middle (section 3.2, local-p).
model LuongLocal(source_vocab: int = 50_000, target_vocab: int = 50_000, width: int = 1000, layers: int = 4,
                 score: string = "general", window: int = 10)
    : (source: int[B, S], target: int[B, T], mask: bool[B, S]?)
    -> (logits: [B, T, target_vocab], alignment: [B, T, S]) {
  (memory, h, c) = source -> source_embed: embedding(source_vocab, width)
                     -> encoder: lstm(width, layers: layers, states: true)
  y = (target -> target_embed: embedding(target_vocab, width), h, c) -> decoder: lstm(width, layers: layers)
  read = if mask then mask else source >= 0
  place = rearrange(sum(read, dim: 1), "b -> b 1 1")
            * (y -> W_p: linear(width, bias: false) -> tanh -> v_p: linear(1, bias: false) -> sigmoid)
  far = arange(0, S) - place
  e = (y, memory) -> score: Score(score)
  weights = softmax(where(abs(far) <= window and unsqueeze(read, 1), e, -1e9)) * exp(-2 * (far / window) ** 2)
  attended = concat(weights @ memory, y, dim: -1) -> W_c: linear(width, bias: false) -> tanh
  (attended -> head: linear(target_vocab), weights)
  init { "*": uniform(-0.1, 0.1) }
  expect parameters 218_115_000
}
