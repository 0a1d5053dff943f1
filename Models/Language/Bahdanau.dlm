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
/// To write word by word, a call gives the words behind those that were written, and what the last call gave: nothing is read again.
model Bahdanau(source_vocab: int = 30_000, target_vocab: int = 30_000, width: int = 620, hidden: int = 1000,
               maxout: int = 500)
    : (source: int[B, S], target: int[B, T], mask: bool[B, S]?, memory: [B, S, 2 * hidden]?, keys: [B, S, hidden]?,
       state: [B, hidden]?)
    -> (logits: [B, T, target_vocab], alignment: [B, T, S], memory: [B, S, 2 * hidden], keys: [B, S, hidden],
        state: [B, hidden]) {
  read = if memory
           then memory
           else source -> source_embed: embedding(source_vocab, width) -> encoder: gru(hidden, bidirectional: true)
  fits = if keys then keys else read -> U: linear(hidden, bias: false)
  target -> target_embed: embedding(target_vocab, width)
  begin = if state then state else tanh(read[:, 0, hidden:] -> first: linear(hidden))
  (deep, alignment) = scan word over dim 1 with (s = begin) {
    (context, weights) = (s, fits, read, mask) -> align: Alignment(hidden)
    output = concat(s, word, context, dim: 1) -> output: linear(2 * maxout) -> reduce("b (m 2) -> b m", "max")
    s = (concat(word, context, dim: 1), s) -> cell: gru_cell(hidden)
    yield (output, weights)
  }
  (deep -> head: linear(target_vocab), alignment, read, fits, s)
  expect parameters 80_452_000
}

/// The likelihood of each translation, word by word (section 2.1). Nobody looks at padding, and a target of -100 is no word.
objective BahdanauTranslation(net: Bahdanau)
    : (source: int[B, S], source_mask: bool[B, S], decoder_input: int[B, T], target: int[B, T]) {
  (logits, _alignment, _memory, _keys, _state) = net(source, decoder_input, source_mask)
  flat = rearrange(logits, "b t v -> (b t) v")
  words = rearrange(target, "b t -> (b t)")
  minimize net: cross_entropy(flat, words)
  metric accuracy = sum(argmax(flat, dim: 1) == words) / sum(words >= 0)
}
