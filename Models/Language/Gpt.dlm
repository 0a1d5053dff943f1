namespace Dlm.Models.Language

/// As in the Transformer of 2017, what is added is normalised after it, not before.
block GptLayer(heads: int, drop: float, i: int) : (x: [B, T, D], cache: [L, 2, B, heads, S, D / heads]?) -> [B, T, D] {
  y = x + (x -> attn: Attention(heads, drop, i, cache: cache)) -> ln_1: layernorm
  y + (y -> mlp: { c_fc: Conv1D(4 * D) -> gelu("tanh") -> c_proj: Conv1D(D) -> dropout(drop) }) -> ln_2: layernorm
}

/// The first GPT (Radford et al., 2018, section 4.1) under the keys of its published weights; the head is the embedding's weight.
model Gpt(vocab: int = 40_478, context: int = 512, d: int = 768, layers: int = 12, heads: int = 12, drop: float = 0.1)
    : (ids: int[B, T], cache: [layers, 2, B, heads, S, d / heads]?) -> [B, T, vocab] {
  require T <= context
  places = if cache then arange(S - T, S) else arange(0, T)
  (ids -> tokens_embed: embedding(vocab, d)) + (places -> positions_embed: embedding(context, d)) -> dropout(drop)
  h: repeat i in 0..layers { GptLayer(heads, drop, i, cache: cache) } -> affine(tokens_embed.weight)
  init { embedding: normal(0, 0.02) }
  expect parameters 116_534_784
}
