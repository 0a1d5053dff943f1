namespace Dlm.Models.Language

/// Attention with several heads and what follows it, under ALBERT's names.
block AlbertAttention(heads: int, dropout: float) : (x: [B, T, D], mask: bool[B, T]?) -> [B, T, D] {
  require D % heads == 0
  q = x -> query: linear(D) -> rearrange("b t (h k) -> b h t k", h: heads)
  k = x -> key: linear(D) -> rearrange("b t (h k) -> b h t k", h: heads)
  v = x -> value: linear(D) -> rearrange("b t (h k) -> b h t k", h: heads)
  y = if mask
        then attention(q, k, v, mask: rearrange(mask, "b s -> b 1 1 s"), dropout: dropout)
        else attention(q, k, v, dropout: dropout)
  z = x + (y -> rearrange("b h t k -> b t (h k)") -> dense: linear(D) -> dropout(dropout))
  z -> LayerNorm: layernorm(eps: 1e-12)
}

block AlbertLayer(heads: int, dropout: float) : (x: [B, T, D], mask: bool[B, T]?) -> [B, T, D] {
  layer full_layer_layer_norm = layernorm(eps: 1e-12)
  y = x -> attention: AlbertAttention(heads, dropout, mask: mask)
  z = y + (y -> ffn: linear(4 * D) -> gelu("tanh") -> ffn_output: linear(D) -> dropout(dropout))
  z -> full_layer_layer_norm
}

/// The one layer that is used at every turn (Lan et al., 2019, section 3.1); the keys leave room for more.
block AlbertGroup(heads: int, dropout: float) : (x: [B, T, D], mask: bool[B, T]?) -> [B, T, D] {
  x -> albert_layers: repeat 1 { AlbertLayer(heads, dropout, mask: mask) }
}

block AlbertEncoder(d: int, layers: int, heads: int, dropout: float) : (x: [B, T, E], mask: bool[B, T]?) -> [B, T, d] {
  wide = x -> embedding_hidden_mapping_in: linear(d)
  scan i over 0..layers with (h = wide) {
    h = h -> albert_layer_groups: repeat 1 { AlbertGroup(heads, dropout, mask: mask) }
  }
  h
}

/// ALBERT (Lan et al., 2019), BERT with narrow vectors of words and one layer for all turns, under the keys of Hugging Face's AlbertModel.
model Albert(vocab: int = 30_000, d: int = 768, layers: int = 12, heads: int = 12, width: int = 128, context: int = 512,
             dropout: float = 0, std: float = 0.02)
    : (words: int[B, T], segment: int[B, T]?, mask: bool[B, T]?) -> (states: [B, T, d], pooled: [B, d]) {
  x = words -> embeddings: BertEmbeddings(vocab, context, 2, width, 0, dropout, 1e-12, segment: segment)
  states = x -> encoder: AlbertEncoder(d, layers, heads, dropout, mask: mask)
  (states, states[:, 0] -> pooler: linear(d) -> tanh)
  init { linear, embedding: normal(0, std), "*.bias": zeros }
  expect parameters 11_683_584
}

/// Which words were masked, said through the narrow vectors of words (section 3.1).
block AlbertWords : (states: [B, T, D], table: [V, E]) -> [B, T, V] {
  param bias: [V] = zeros
  layer LayerNorm = layernorm(eps: 1e-12)
  h = states -> dense: linear(E) -> gelu("tanh") -> LayerNorm
  affine(h, table, bias)
}

/// What ALBERT is pre-trained to say, under the keys of Hugging Face's AlbertForPreTraining: a logit for each word of the vocabulary at
/// each place, and whether two stretches of text stand in their order, class 0, or were swapped, class 1.
model AlbertForPreTraining(vocab: int = 30_000, d: int = 768, layers: int = 12, heads: int = 12, width: int = 128,
                           context: int = 512, dropout: float = 0, std: float = 0.02)
    : (words: int[B, T], segment: int[B, T]?, mask: bool[B, T]?) -> (logits: [B, T, vocab], order: [B, 2]) {
  (states, pooled) = words
                       -> albert: Albert(vocab, d, layers, heads, width, context, dropout, std, segment: segment,
                                         mask: mask)
  logits = (states, albert.embeddings.word_embeddings.weight) -> predictions: AlbertWords
  (logits, pooled -> dropout(dropout) -> sop_classifier: { classifier: linear(2) })
  init { linear: normal(0, std), "*.bias": zeros }
  expect parameters 11_813_810
}

/// What it is fine-tuned to say: a class for a sentence or a pair of them.
model AlbertForSequenceClassification(classes: int = 2, vocab: int = 30_000, d: int = 768, layers: int = 12,
                                      heads: int = 12, width: int = 128, context: int = 512, dropout: float = 0.1,
                                      std: float = 0.02)
    : (words: int[B, T], segment: int[B, T]?, mask: bool[B, T]?) -> [B, classes] {
  (_states, pooled) = words
                        -> albert: Albert(vocab, d, layers, heads, width, context, std: std, segment: segment,
                                          mask: mask)
  pooled -> dropout(dropout) -> classifier: linear(classes)
  init { linear: normal(0, std), "*.bias": zeros }
  expect parameters 11_685_122
}

/// Pre-training (section 3.1): the words that were masked, and the order of two stretches, which only coherence tells.
objective AlbertPreTraining(net: AlbertForPreTraining)
    : (words: int[B, T], segment: int[B, T], mask: bool[B, T], targets: int[B, T], swapped: int[B]) {
  (logits, order) = net(words, segment, mask)
  minimize net: masked_loss(logits, targets) + cross_entropy(order, swapped)
  metric word_accuracy = masked_accuracy(logits, targets)
  metric order_accuracy = class_accuracy(order, swapped)
}

objective AlbertFineTuning(net: AlbertForSequenceClassification)
    : (words: int[B, T], segment: int[B, T], mask: bool[B, T], label: int[B]) {
  logits = net(words, segment, mask)
  minimize net: cross_entropy(logits, label)
  metric accuracy = class_accuracy(logits, label)
}
