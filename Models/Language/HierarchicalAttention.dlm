namespace Dlm.Models.Language

/// The elements of all sequences, at places that count through the whole batch.
fn at(x, places) = rearrange(x, "b t d -> (b t) d")[places]

/// Gated units that read in both directions and know where each sequence ends: the way back begins at its last element, not in the padding,
/// which stands behind. Both ways of an element stand side by side.
block BothWays(hidden: int) : (x: [B, T, D], mask: bool[B, T]) -> [B, T, 2 * hidden] {
  length = sum(cast(mask, "int"), dim: 1, keep: true)
  place = arange(0, T)
  row = cumsum(0 * length + 1, dim: 0) - 1
  turned = T * row + where(place < length, length - 1 - place, place)
  concat(x -> ahead: gru(hidden), at(at(x, turned) -> back: gru(hidden), turned), dim: 2)
}

/// What matters of a sequence, and how much of it each element has (Yang et al., 2016, equations 5 to 7): the context vector asks what is
/// informative.
block ContextAttention(width: int) : (h: [B, T, D], mask: bool[B, T]) -> (vector: [B, D], weights: [B, T]) {
  score = h -> dense: linear(width) -> tanh -> context: linear(1, bias: false) -> squeeze(-1)
  weights = softmax(where(mask, score, -1e9))
  (einsum(weights, h, "bt,btd->bd"), weights)
}

/// A hierarchical attention network (Yang et al., 2016, figure 2): words make sentences, sentences a document, and of each those count
/// that matter. The mask is true where there is a word; padding stands behind the words of a sentence, and behind the sentences.
/// It also gives how much each word counts in its sentence, and each sentence in the document.
model HierarchicalAttention(classes: int = 5, vocab: int = 30_000, width: int = 200, hidden: int = 50)
    : (words: int[B, S, T], mask: bool[B, S, T])
    -> (logits: [B, classes], word_weights: [B, S, T], sentence_weights: [B, S]) {
  there = rearrange(mask, "b s t -> (b s) t")
  word = rearrange(words, "b s t -> (b s) t") -> embed: embedding(vocab, width) -> words: BothWays(hidden, mask: there)
  (sentence, word_weights) = (word, there) -> word_attention: ContextAttention(2 * hidden)
  said = any(mask, dim: 2)
  text = rearrange(sentence, "(b s) d -> b s d", b: B) -> sentences: BothWays(hidden, mask: said)
  (document, sentence_weights) = (text, said) -> sentence_attention: ContextAttention(2 * hidden)
  (document -> head: linear(classes), rearrange(word_weights, "(b s) t -> b s t", b: B), sentence_weights)
  expect parameters 6_142_105
}

/// What a document is about (section 2.3).
objective DocumentClassification(net: HierarchicalAttention)
    : (words: int[B, S, T], mask: bool[B, S, T], label: int[B]) {
  (logits, _words, _sentences) = net(words, mask)
  minimize net: cross_entropy(logits, label)
  metric accuracy = class_accuracy(logits, label)
}
