namespace Dlm.Models.Language

/// What an LSTM has read: the states of its last layer, and of all layers the last, [2, layers, B, hidden], h and c.
fn all_read(output, h, c) = (output, stack(h, c))

/// How well each word that was read fits each that is written (Luong et al., 2015, section 3.1): dot, general or concat.
block Score(kind: string) : (state: [B, T, D], memory: [B, S, D]) -> [B, T, S] {
  require kind == "dot" or kind == "general" or kind == "concat"
  if kind == "dot" then state @ transpose(memory, 1, 2)
    else if kind == "general" then state @ transpose(memory -> W: linear(D, bias: false), 1, 2)
    else tanh(unsqueeze(state -> W_state: linear(D, bias: false), 2)
                + unsqueeze(memory -> W_memory: linear(D, bias: false), 1))
           -> v: linear(1, bias: false) -> squeeze(-1)
}

/// Attention to all that was read (section 3.1). The target flows in shifted by one. To write word by word, a call gives the words behind
/// those that were written, and what the last call gave: nothing is read again.
model LuongGlobal(source_vocab: int = 50_000, target_vocab: int = 50_000, width: int = 1000, layers: int = 4,
                  score: string = "general")
    : (source: int[B, S], target: int[B, T], mask: bool[B, S]?, memory: [B, S, width]?, state: [2, layers, B, width]?)
    -> (logits: [B, T, target_vocab], alignment: [B, T, S], memory: [B, S, width], state: [2, layers, B, width]) {
  (read, s) = if memory and state
                then (memory, state)
                else source -> source_embed: embedding(source_vocab, width)
                       -> encoder: lstm(width, layers: layers, states: true) -> all_read
  (y, h, c) = (target -> target_embed: embedding(target_vocab, width), s[0], s[1])
                -> decoder: lstm(width, layers: layers, states: true)
  e = (y, read) -> score: Score(score)
  weights = softmax(if mask then where(unsqueeze(mask, 1), e, -1e9) else e)
  attended = concat(weights @ read, y, dim: -1) -> W_c: linear(width, bias: false) -> tanh
  (attended -> head: linear(target_vocab), weights, read, stack(h, c))
  init { "*": uniform(-0.1, 0.1) }
  expect parameters 217_114_000
}

/// Attention to a window around a place that the state predicts, most to its middle (section 3.2, local-p). Places count the words that the
/// mask leaves.
model LuongLocal(source_vocab: int = 50_000, target_vocab: int = 50_000, width: int = 1000, layers: int = 4,
                 score: string = "general", window: int = 10)
    : (source: int[B, S], target: int[B, T], mask: bool[B, S]?, memory: [B, S, width]?, state: [2, layers, B, width]?)
    -> (logits: [B, T, target_vocab], alignment: [B, T, S], memory: [B, S, width], state: [2, layers, B, width]) {
  (read, s) = if memory and state
                then (memory, state)
                else source -> source_embed: embedding(source_vocab, width)
                       -> encoder: lstm(width, layers: layers, states: true) -> all_read
  (y, h, c) = (target -> target_embed: embedding(target_vocab, width), s[0], s[1])
                -> decoder: lstm(width, layers: layers, states: true)
  words = if mask then mask else source >= 0
  place = rearrange(sum(words, dim: 1), "b -> b 1 1")
            * (y -> W_p: linear(width, bias: false) -> tanh -> v_p: linear(1, bias: false) -> sigmoid)
  far = unsqueeze(cumsum(words, dim: 1) - 1, 1) - place
  e = (y, read) -> score: Score(score)
  weights = softmax(where(abs(far) <= window and unsqueeze(words, 1), e, -1e9)) * exp(-2 * (far / window) ** 2)
  attended = concat(weights @ read, y, dim: -1) -> W_c: linear(width, bias: false) -> tanh
  (attended -> head: linear(target_vocab), weights, read, stack(h, c))
  init { "*": uniform(-0.1, 0.1) }
  expect parameters 218_115_000
}

/// The likelihood of each translation, word by word (section 2). Nobody looks at padding, and a target of -100 is no word.
objective LuongTranslation(net: model)
    : (source: int[B, S], source_mask: bool[B, S], decoder_input: int[B, T], target: int[B, T]) {
  (logits, _alignment, _memory, _state) = net(source, decoder_input, source_mask)
  flat = rearrange(logits, "b t v -> (b t) v")
  words = rearrange(target, "b t -> (b t)")
  minimize net: cross_entropy(flat, words)
  metric accuracy = sum(argmax(flat, dim: 1) == words) / sum(words >= 0)
}

objective LuongGlobalTranslation = LuongTranslation(LuongGlobal)
objective LuongLocalTranslation = LuongTranslation(LuongLocal)
