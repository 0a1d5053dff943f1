namespace Dlm.Models.Language

/// RoBERTa (Liu et al., 2019): BERT's network for longer training; its places count from 2, and there is one kind of sentence.
model RobertaBase = Bert(vocab: 50_265, context: 514, segments: 1, first: 2, eps: 1e-5)  expect parameters 124_645_632

/// The same as far as its states, as what is built on it has it.
block RobertaStates(vocab: int, d: int, layers: int, heads: int, context: int, dropout: float)
    : (words: int[B, T], mask: bool[B, T]?) -> [B, T, d] {
  x = words -> embeddings: BertEmbeddings(vocab, context, 1, d, 2, dropout, 1e-5)
  x -> encoder: BertEncoder(layers, heads, dropout, 1e-5, mask: mask)
}

/// Which words were masked; the weight is the table that the words came from.
block RobertaWords : (states: [B, T, D], table: [V, D]) -> [B, T, V] {
  param bias: [V] = zeros
  h = states -> dense: linear(D) -> gelu -> layer_norm: layernorm(eps: 1e-5)
  affine(h, table, bias)
}

/// What RoBERTa is pre-trained to say, a logit for each word of the vocabulary at each place, under the keys of Hugging Face's
/// RobertaForMaskedLM. It reads <c>context - 2</c> words at most.
model RobertaForMaskedLM(vocab: int = 50_265, d: int = 768, layers: int = 12, heads: int = 12, context: int = 514,
                         dropout: float = 0.1, std: float = 0.02)
    : (words: int[B, T], mask: bool[B, T]?) -> [B, T, vocab] {
  states = words -> roberta: RobertaStates(vocab, d, layers, heads, context, dropout, mask: mask)
  (states, roberta.embeddings.word_embeddings.weight) -> lm_head: RobertaWords
  init { linear, embedding: normal(0, std), "*.bias": zeros }
  expect parameters 124_697_433
}

block RobertaClass(classes: int, dropout: float) : (first: [B, D]) -> [B, classes] {
  dropout(dropout) -> dense: linear(D) -> tanh -> dropout(dropout) -> out_proj: linear(classes)
}

/// What it is fine-tuned to say: a class, read from the first word's state.
model RobertaForSequenceClassification(classes: int = 2, vocab: int = 50_265, d: int = 768, layers: int = 12,
                                       heads: int = 12, context: int = 514, dropout: float = 0.1, std: float = 0.02)
    : (words: int[B, T], mask: bool[B, T]?) -> [B, classes] {
  states = words -> roberta: RobertaStates(vocab, d, layers, heads, context, dropout, mask: mask)
  states[:, 0] -> classifier: RobertaClass(classes, dropout)
  init { linear, embedding: normal(0, std), "*.bias": zeros }
  expect parameters 124_647_170
}

/// Pre-training (section 4.1 and 4.2): masked words and nothing else. That others are masked each time a sentence is read is the data's affair:
/// <c>MaskedWords</c> of the runtime does it.
objective RobertaPreTraining(net: RobertaForMaskedLM) : (words: int[B, T], mask: bool[B, T], targets: int[B, T]) {
  logits = net(words, mask)
  minimize net: masked_loss(logits, targets)
  metric word_accuracy = masked_accuracy(logits, targets)
}

objective RobertaFineTuning(net: RobertaForSequenceClassification)
    : (words: int[B, T], mask: bool[B, T], label: int[B]) {
  logits = net(words, mask)
  minimize net: cross_entropy(logits, label)
  metric accuracy = class_accuracy(logits, label)
}
