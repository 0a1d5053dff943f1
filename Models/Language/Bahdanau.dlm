namespace Dlm.Models.Language

/// The alignment model (Bahdanau et al., 2014, section 3.1 and appendix A.1.2): how well each word that was read fits the state, and the mean of
/// their annotations with that weight. What it needs of the annotations alone, its keys, is worked out once.
block Alignment(width: int)
    : (state: [B, D], keys: [B, S, width], memory: [B, S, M], mask: bool[B, S]?) -> (context: [B, M], weights: [B, S]) {
  e = tanh(keys + unsqueeze(state -> W: linear(width), 1)) -> v: linear(1, bias: false) -> squeeze(-1)
  weights = softmax(if mask then where(mask, e, -1e9) else e)
  (einsum(weights, memory, "bs,bsm->bm"), weights)
}

/// RNNsearch (Bahdanau et al., 2014): reads in both directions, writes word by word, and looks before each at all that was read. The target
/// flows in shifted by one. Gated units are libtorch's, which reset behind the product where the paper does before it.
model Bahdanau(source_vocab: int = 30_000, target_vocab: int = 30_000, width: int = 620, hidden: int = 1000,
               maxout: int = 500)
    : (source: int[B, S], target: int[B, T], mask: bool[B, S]?)
    -> (logits: [B, T, target_vocab], alignment: [B, T, S]) {
  memory = source -> source_embed: embedding(source_vocab, width) -> encoder: gru(hidden, bidirectional: true)
  keys = memory -> U: linear(hidden, bias: false)
  target -> target_embed: embedding(target_vocab, width)
  (deep, alignment) = scan word over dim 1 with (s = tanh(memory[:, 0, hidden:] -> first: linear(hidden))) {
    (context, weights) = (s, keys, memory, mask) -> align: Alignment(hidden)
    output = concat(s, word, context, dim: 1) -> output: linear(2 * maxout) -> reduce("b (m 2) -> b m", "max")
    s = (concat(word, context, dim: 1), s) -> cell: gru_cell(hidden)
    yield (output, weights)
  }
  (deep -> head: linear(target_vocab), alignment)
  expect parameters 80_452_000
}
