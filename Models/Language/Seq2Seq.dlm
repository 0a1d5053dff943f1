namespace Dlm.Models.Language

/// Sequence to sequence (Sutskever et al., 2014): one LSTM reads a sentence, best from its end to its beginning (section 3.3), another begins in the
/// state that the first ends in and writes the translation. The target flows in shifted by one, after a sign that says begin.
model Seq2Seq(source_vocab: int = 160_000, target_vocab: int = 80_000, width: int = 1000, hidden: int = 1000,
              layers: int = 4)
    : (source: int[B, S], target: int[B, T]) -> [B, T, target_vocab] {
  (_, h, c) = source -> source_embed: embedding(source_vocab, width)
                -> encoder: lstm(hidden, layers: layers, states: true)
  (target -> target_embed: embedding(target_vocab, width), h, c) -> decoder: lstm(hidden, layers: layers)
  head: linear(target_vocab)
  init { "*": uniform(-0.08, 0.08) }
  expect parameters 384_144_000
}
