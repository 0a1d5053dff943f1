namespace Dlm.Models.Language

/// A tag for each word, read in both directions (Huang et al., 2015, without the CRF).
model LstmTagger(vocab: int = 10_000, tags: int = 17, width: int = 100, hidden: int = 100, dropout: float = 0.5)
    : (words: int[B, T]) -> [B, T, tags] {
  words -> embed: embedding(vocab, width) -> dropout(dropout)
  lstm: lstm(hidden, bidirectional: true) -> dropout(dropout)
  head: linear(tags)
  expect parameters 1_165_017
}

/// Tagging: each word, with all around it, says its tag; -100 where there is none to say.
objective Tagging(net: LstmTagger) : (input: int[B, T], target: int[B, T]) {
  logits = net(input)
  minimize net: word_loss(logits, target)
  metric accuracy = word_accuracy(logits, target)
}
