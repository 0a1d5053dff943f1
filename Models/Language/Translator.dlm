namespace Dlm.Models.Language

/// The half of a translator that reads (Vaswani et al., 2017, figure 1 left, with the embeddings of sections 3.4 and 3.5): it runs once for a sentence.
model TranslatorEncoder(vocab: int = 37_000, d: int = 512, heads: int = 8, layers: int = 6, hidden: int = 2048,
                        drop: float = 0.1, longest: int = 512) : (source: int[B, S]) -> [B, S, d] {
  require S <= longest
  buffer positions: [longest, d] = sinusoid(longest, d)
  (source -> embed: embedding(vocab, d)) * sqrt(d) + positions[arange(0, S)] -> dropout(drop)
  layers: repeat layers { EncoderLayer(d, heads, hidden, drop) } -> norm: layernorm
  init { embedding: normal(0, 1 / sqrt(d)), linear, "*.in_proj_weight": xavier }
  expect parameters 37_859_328
}

/// The half that writes (figure 1 right): the logits of each word from those before it, and from what was read; the head is the embedding's weight.
/// To write word by word, a call gives the words behind those that were read, and of a cache as many positions as there are with them.
model TranslatorDecoder(vocab: int = 37_000, d: int = 512, heads: int = 8, layers: int = 6, hidden: int = 2048,
                        drop: float = 0.1, longest: int = 512)
    : (target: int[B, T], memory: [B, S, d], cache: [layers, 2, B, heads, P, d / heads]?) -> [B, T, vocab] {
  require T <= longest
  buffer positions: [longest, d] = sinusoid(longest, d)
  places = if cache then arange(P - T, P) else arange(0, T)
  (target -> embed: embedding(vocab, d)) * sqrt(d) + positions[places] -> dropout(drop)
  mask = causal_mask(T)
  layers: repeat i in 0..layers { DecoderLayer(memory, d, heads, hidden, drop, i, mask: mask, cache: cache) }
  norm: layernorm -> affine(embed.weight)
  init { embedding: normal(0, 1 / sqrt(d)), linear, "*.in_proj_weight": xavier }
  expect parameters 44_169_216
}
