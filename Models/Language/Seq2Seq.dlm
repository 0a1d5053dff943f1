namespace Dlm.Models.Language

/// Of what an LSTM gives its last state alone: [2, layers, B, hidden], h and c.
fn last_state(_output, h, c) = stack(h, c)

/// Sequence to sequence (Sutskever et al., 2014): one LSTM reads a sentence, best from its end to its beginning (section 3.3), another begins in the
/// state that the first ends in and writes the translation. The target flows in shifted by one, after a sign that says begin.
/// To write word by word, a call gives the words behind those that were written and the state that came with them: nothing is read again.
model Seq2Seq(source_vocab: int = 160_000, target_vocab: int = 80_000, width: int = 1000, hidden: int = 1000,
              layers: int = 4)
    : (source: int[B, S], target: int[B, T], state: [2, layers, B, hidden]?)
    -> (logits: [B, T, target_vocab], state: [2, layers, B, hidden]) {
  s = if state
        then state
        else source -> source_embed: embedding(source_vocab, width)
               -> encoder: lstm(hidden, layers: layers, states: true) -> last_state
  (y, h, c) = (target -> target_embed: embedding(target_vocab, width), s[0], s[1])
                -> decoder: lstm(hidden, layers: layers, states: true)
  (y -> head: linear(target_vocab), stack(h, c))
  init { "*": uniform(-0.08, 0.08) }
  expect parameters 384_144_000
}

/// The likelihood of each translation, word by word (section 3.2). A target of -100 is no word.
objective Seq2SeqTranslation(net: Seq2Seq) : (source: int[B, S], decoder_input: int[B, T], target: int[B, T]) {
  (logits, _state) = net(source, decoder_input)
  words = rearrange(target, "b t -> (b t)")
  flat = rearrange(logits, "b t v -> (b t) v")
  minimize net: cross_entropy(flat, words)
  metric accuracy = sum(argmax(flat, dim: 1) == words) / sum(words >= 0)
}
