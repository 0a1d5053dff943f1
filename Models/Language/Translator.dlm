namespace Dlm.Models.Language

/// The half of a translator that reads (Vaswani et al., 2017, figure 1 left, with the embeddings of sections 3.4 and 3.5): it runs once for a
/// sentence. The mask says what is no padding.
model TranslatorEncoder(vocab: int = 37_000, d: int = 512, heads: int = 8, layers: int = 6, hidden: int = 2048,
                        drop: float = 0.1, longest: int = 512) : (source: int[B, S], mask: bool[B, S]?) -> [B, S, d] {
  require S <= longest
  buffer positions: [longest, d] = sinusoid(longest, d)
  words = expand(rearrange(if mask then mask else source >= 0, "b s -> b 1 1 s"), B, 1, S, S)
  (source -> embed: embedding(vocab, d)) * sqrt(d) + positions[arange(0, S)] -> dropout(drop)
  layers: repeat layers { EncoderLayer(d, heads, hidden, drop, see: words) } -> norm: layernorm
  init { embedding: normal(0, 1 / sqrt(d)), linear, "*.in_proj_weight": xavier }
  expect parameters 37_859_328
}

/// The half that writes (figure 1 right): the logits of each word from those before it, and from what was read; the head is the embedding's weight.
/// To write word by word, a call gives the words behind those that were read, and of a cache as many positions as there are with them.
model TranslatorDecoder(vocab: int = 37_000, d: int = 512, heads: int = 8, layers: int = 6, hidden: int = 2048,
                        drop: float = 0.1, longest: int = 512)
    : (target: int[B, T], memory: [B, S, d], mask: bool[B, S]?, cache: [layers, 2, B, heads, P, d / heads]?)
    -> [B, T, vocab] {
  require T <= longest
  buffer positions: [longest, d] = sinusoid(longest, d)
  places = if cache then arange(P - T, P) else arange(0, T)
  (target -> embed: embedding(vocab, d)) * sqrt(d) + positions[places] -> dropout(drop)
  before = expand(causal_mask(T), B, 1, T, T)
  words = expand(if mask then rearrange(mask, "b s -> b 1 1 s") else ones(B, 1, 1, S) > 0, B, 1, T, S)
  layers: repeat i in 0..layers {
    DecoderLayer(memory, d, heads, hidden, drop, i, see: before, cross: words, cache: cache)
  }
  norm: layernorm -> affine(embed.weight)
  init { embedding: normal(0, 1 / sqrt(d)), linear, "*.in_proj_weight": xavier }
  expect parameters 44_169_216
}

/// Each word from those before it and from the sentence (section 5): padding is neither seen nor counted, and a tenth of what is right is shared
/// among all words (section 5.4). A target of -100 is no word.
objective TransformerTranslation(encoder: TranslatorEncoder, decoder: TranslatorDecoder, smoothing: float = 0.1)
    : (source: int[B, S], source_mask: bool[B, S], decoder_input: int[B, T], target: int[B, T]) {
  memory = encoder(source, source_mask)
  logits = rearrange(decoder(decoder_input, memory, source_mask), "b t v -> (b t) v")
  words = rearrange(target, "b t -> (b t)")
  minimize encoder, decoder: cross_entropy(logits, words, label_smoothing: smoothing)
  metric plain = cross_entropy(stop(logits), words)
  metric accuracy = sum(argmax(logits, dim: 1) == words) / sum(words >= 0)
}
