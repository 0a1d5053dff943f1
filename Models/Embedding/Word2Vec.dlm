namespace Dlm.Models.Embedding

/// How well each word fits a vector: their inner products.
fn scores(vector, words) = einsum(vector, words, "bd,bkd->bk")

/// The mean of the vectors that count.
fn mean_of(vectors, counts) = einsum(vectors, counts, "bcd,bc->bd") / clamp(sum(counts, dim: 1, keep: true), min: 1)

/// Minus the log-probability of a path: the product over its turns.
fn path_loss(score, codes, path) = -mean(sum(where(path, log_sigmoid(where(codes, -score, score)), 0), dim: 1))

/// Skip-gram (Mikolov et al., 2013a, figure 1): a word says which words stand near it. Gives a score, a logit, to each of the words asked
/// for: to a neighbour, int[B, 1], and to words drawn at random, int[B, K], in negative sampling (Mikolov et al., 2013b, section 2.2); to
/// the inner nodes on the way to a word in hierarchical softmax (section 2.1). The vectors of words are <c>input.weight</c>.
model SkipGram(vocab: int = 10_000, width: int = 300) : (center: int[B], words: int[B, K]) -> [B, K] {
  vector = center -> input: embedding(vocab, width)
  scores(vector, words -> output: embedding(vocab, width))
  init { "input.*": uniform(-0.5 / width, 0.5 / width), "output.*": zeros }
  expect parameters 6_000_000
}

/// A continuous bag of words: the mean of the words around says which word stands between them. The mask is true where there is a word: a
/// window at the end of a sentence has fewer.
model Cbow(vocab: int = 10_000, width: int = 300)
    : (context: int[B, C], words: int[B, K], mask: bool[B, C]?) -> [B, K] {
  vectors = context -> input: embedding(vocab, width)
  vector = if mask then mean_of(vectors, cast(mask, "float")) else mean(vectors, dim: 1)
  scores(vector, words -> output: embedding(vocab, width))
  init { "input.*": uniform(-0.5 / width, 0.5 / width), "output.*": zeros }
  expect parameters 6_000_000
}

/// Negative sampling (Mikolov et al., 2013b, equation 4): a neighbour is to score above 0, words drawn at random below.
objective SkipGramSampling(net: SkipGram) : (center: int[B], context: int[B], negatives: int[B, K]) {
  near = net(center, unsqueeze(context, 1))
  far = net(center, negatives)
  minimize net: -mean(log_sigmoid(near)) - mean(sum(log_sigmoid(-far), dim: 1))
}

objective CbowSampling(net: Cbow) : (context: int[B, C], center: int[B], negatives: int[B, K], mask: bool[B, C]) {
  near = net(context, unsqueeze(center, 1), mask)
  far = net(context, negatives, mask)
  minimize net: -mean(log_sigmoid(near)) - mean(sum(log_sigmoid(-far), dim: 1))
}

/// Hierarchical softmax (Mikolov et al., 2013a and 2013b, section 2.1): a neighbour is a path through a binary tree to its leaf. <c>points</c> are the inner
/// nodes on it, each a row of <c>output</c>; <c>codes</c> say where it turns right, which the score is to say by being below 0; <c>path</c> is true as far as
/// the path goes.
objective SkipGramHierarchy(net: SkipGram) : (center: int[B], points: int[B, K], codes: bool[B, K], path: bool[B, K]) {
  minimize net: path_loss(net(center, points), codes, path)
}

objective CbowHierarchy(net: Cbow)
    : (context: int[B, C], points: int[B, K], codes: bool[B, K], path: bool[B, K], mask: bool[B, C]) {
  minimize net: path_loss(net(context, points, mask), codes, path)
}
