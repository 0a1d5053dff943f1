namespace Dlm.Models.Language

/// A linear layer with its weight the other way round, as in OpenAI's checkpoints.
block Conv1D(out: int) : (x: [..., C]) -> [..., out] {
  param weight: [C, out] = normal(0, 0.02)
  param bias: [out] = zeros
  x @ weight + bias
}

/// Attention of each position to itself and what is before it; the i-th part of a cache keeps its keys and values.
block Attention(heads: int, drop: float, i: int) : (x: [B, T, D], cache: [L, 2, B, heads, S, D / heads]?) -> [B, T, D] {
  require D % heads == 0
  (q, k, v) = x -> c_attn: Conv1D(3 * D) -> rearrange("b t (n h k) -> n b h t k", n: 3, h: heads) -> unbind
  if cache then attention(q, k, v, cache: cache[i], causal: true) else attention(q, k, v, dropout: drop, causal: true)
  rearrange("b h t k -> b t (h k)") -> c_proj: Conv1D(D) -> dropout(drop)
}

block Gpt2Layer(heads: int, drop: float, i: int) : (x: [B, T, D], cache: [L, 2, B, heads, S, D / heads]?) -> [B, T, D] {
  y = x + (x -> ln_1: layernorm -> attn: Attention(heads, drop, i, cache: cache))
  y + (y -> ln_2: layernorm -> mlp: { c_fc: Conv1D(4 * D) -> gelu("tanh") -> c_proj: Conv1D(D) -> dropout(drop) })
}

/// GPT-2 (Radford et al., 2019) under the keys of its published weights; the head is the embedding's weight. To write on, a call
/// gives the words behind those that were read and, of a cache, as many positions as there are with them: the layers keep keys and values in it.
model Gpt2(vocab: int = 50_257, context: int = 1024, d: int = 768, layers: int = 12, heads: int = 12, drop: float = 0.1)
    : (ids: int[B, T], cache: [layers, 2, B, heads, S, d / heads]?) -> [B, T, vocab] {
  require T <= context
  places = if cache then arange(S - T, S) else arange(0, T)
  (ids -> wte: embedding(vocab, d)) + (places -> wpe: embedding(context, d)) -> dropout(drop)
  h: repeat i in 0..layers { Gpt2Layer(heads, drop, i, cache: cache) } -> ln_f: layernorm -> affine(wte.weight)
  init { embedding: normal(0, 0.02), "h.*.c_proj.weight": normal(0, 0.02 / sqrt(2 * layers)) }
  expect parameters 124_439_808
}

model Gpt2Medium = Gpt2(d: 1024, layers: 24, heads: 16)  expect parameters 354_823_168
model Gpt2Large  = Gpt2(d: 1280, layers: 36, heads: 20)  expect parameters 774_030_080
model Gpt2Xl     = Gpt2(d: 1600, layers: 48, heads: 25)  expect parameters 1_557_611_200
