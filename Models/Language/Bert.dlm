namespace Dlm.Models.Language

/// Attention to what the mask, true at words and false at padding, lets see.
block BertSelfAttention(heads: int, dropout: float) : (x: [B, T, D], mask: bool[B, T]?) -> [B, T, D] {
  require D % heads == 0
  q = x -> query: linear(D) -> rearrange("b t (h k) -> b h t k", h: heads)
  k = x -> key: linear(D) -> rearrange("b t (h k) -> b h t k", h: heads)
  v = x -> value: linear(D) -> rearrange("b t (h k) -> b h t k", h: heads)
  y = if mask
        then attention(q, k, v, mask: rearrange(mask, "b s -> b 1 1 s"), dropout: dropout)
        else attention(q, k, v, dropout: dropout)
  y -> rearrange("b h t k -> b t (h k)")
}

block BertOutput(dropout: float, eps: float) : (h: [B, T, F], x: [B, T, D]) -> [B, T, D] {
  y = x + (h -> dense: linear(D) -> dropout(dropout))
  y -> LayerNorm: layernorm(eps: eps)
}

block BertAttention(heads: int, dropout: float, eps: float) : (x: [B, T, D], mask: bool[B, T]?) -> [B, T, D] {
  h = x -> self: BertSelfAttention(heads, dropout, mask: mask)
  (h, x) -> output: BertOutput(dropout, eps)
}

block BertLayer(heads: int, dropout: float, eps: float) : (x: [B, T, D], mask: bool[B, T]?) -> [B, T, D] {
  y = x -> attention: BertAttention(heads, dropout, eps, mask: mask)
  h = y -> intermediate: { dense: linear(4 * D) -> gelu }
  (h, y) -> output: BertOutput(dropout, eps)
}

block BertEncoder(layers: int, heads: int, dropout: float, eps: float)
    : (x: [B, T, D], mask: bool[B, T]?) -> [B, T, D] {
  x -> layer: repeat layers { BertLayer(heads, dropout, eps, mask: mask) }
}

/// What a word is, where it stands, and which of the two sentences it is in (Devlin et al., 2018, figure 2).
block BertEmbeddings(vocab: int, context: int, segments: int, d: int, first: int, dropout: float, eps: float)
    : (words: int[B, T], segment: int[B, T]?) -> [B, T, d] {
  require first + T <= context
  word = words -> word_embeddings: embedding(vocab, d)
  place = arange(first, first + T) -> position_embeddings: embedding(context, d)
  kind = (if segment then segment else 0 * words) -> token_type_embeddings: embedding(segments, d)
  word + place + kind -> LayerNorm: layernorm(eps: eps) -> dropout(dropout)
}

/// BERT (Devlin et al., 2018) under the keys of Hugging Face's BertModel: a state for each word, and of the first one's what says
/// something of the whole. What a network of another width begins with is <c>std</c>: 0.02 is about half of 1 / sqrt(768).
model Bert(vocab: int = 30_522, d: int = 768, layers: int = 12, heads: int = 12, context: int = 512, segments: int = 2,
           first: int = 0, dropout: float = 0.1, eps: float = 1e-12, std: float = 0.02)
    : (words: int[B, T], segment: int[B, T]?, mask: bool[B, T]?) -> (states: [B, T, d], pooled: [B, d]) {
  x = words -> embeddings: BertEmbeddings(vocab, context, segments, d, first, dropout, eps, segment: segment)
  states = x -> encoder: BertEncoder(layers, heads, dropout, eps, mask: mask)
  (states, states[:, 0] -> pooler: { dense: linear(d) -> tanh })
  init { linear, embedding: normal(0, std), "*.bias": zeros }
  expect parameters 109_482_240
}

model BertLarge = Bert(d: 1024, layers: 24, heads: 16)  expect parameters 335_141_888

/// Which words were masked; the weight is the table that the words came from.
block BertWords : (states: [B, T, D], table: [V, D]) -> [B, T, V] {
  param bias: [V] = zeros
  h = states -> transform: { dense: linear(D) -> gelu -> LayerNorm: layernorm(eps: 1e-12) }
  affine(h, table, bias)
}

block BertHeads : (states: [B, T, D], pooled: [B, D], table: [V, D]) -> (words: [B, T, V], next: [B, 2]) {
  words = (states, table) -> predictions: BertWords
  (words, pooled -> seq_relationship: linear(2))
}

/// What BERT is pre-trained to say (section 3.1): a logit for each word of the vocabulary at each place, and whether the second sentence
/// follows the first, class 0, or not, class 1.
model BertForPreTraining(vocab: int = 30_522, d: int = 768, layers: int = 12, heads: int = 12, context: int = 512,
                         dropout: float = 0.1, std: float = 0.02)
    : (words: int[B, T], segment: int[B, T]?, mask: bool[B, T]?) -> (logits: [B, T, vocab], next: [B, 2]) {
  (states, pooled) = words
                       -> bert: Bert(vocab, d, layers, heads, context, dropout: dropout, std: std, segment: segment,
                                     mask: mask)
  (states, pooled, bert.embeddings.word_embeddings.weight) -> cls: BertHeads
  init { linear: normal(0, std), "*.bias": zeros }
  expect parameters 110_106_428
}

/// What it is fine-tuned to say (section 3.2, figure 4a and b): a class for a sentence or a pair of them.
model BertForSequenceClassification(classes: int = 2, vocab: int = 30_522, d: int = 768, layers: int = 12,
                                    heads: int = 12, context: int = 512, dropout: float = 0.1,
                                    std: float = 0.02)
    : (words: int[B, T], segment: int[B, T]?, mask: bool[B, T]?) -> [B, classes] {
  (_states, pooled) = words
                        -> bert: Bert(vocab, d, layers, heads, context, dropout: dropout, std: std, segment: segment,
                                      mask: mask)
  pooled -> dropout(dropout) -> classifier: linear(classes)
  init { linear: normal(0, std), "*.bias": zeros }
  expect parameters 109_483_778
}

/// The loss of the words that were masked; a target of -100 is no masked word.
fn masked_loss(logits, targets) =
    cross_entropy(rearrange(logits, "b t v -> (b t) v"), rearrange(targets, "b t -> (b t)"))

/// The share of them that is guessed.
fn masked_accuracy(logits, targets) =
    sum(cast(argmax(logits, dim: 2) == targets, "float")) / clamp(sum(cast(targets >= 0, "float")), min: 1)

/// The share of samples whose class is found.
fn class_accuracy(logits, classes) = mean(cast(argmax(logits, dim: 1) == classes, "float"))

/// Pre-training (section 3.1): the words that were masked, and whether the second sentence follows the first, 0, or not, 1, as the
/// published weights have it.
objective BertPreTraining(net: BertForPreTraining)
    : (words: int[B, T], segment: int[B, T], mask: bool[B, T], targets: int[B, T], unrelated: int[B]) {
  (logits, next) = net(words, segment, mask)
  minimize net: masked_loss(logits, targets) + cross_entropy(next, unrelated)
  metric word_accuracy = masked_accuracy(logits, targets)
  metric next_accuracy = class_accuracy(next, unrelated)
}

/// Fine-tuning (section 3.2).
objective BertFineTuning(net: BertForSequenceClassification)
    : (words: int[B, T], segment: int[B, T], mask: bool[B, T], label: int[B]) {
  logits = net(words, segment, mask)
  minimize net: cross_entropy(logits, label)
  metric accuracy = class_accuracy(logits, label)
}
