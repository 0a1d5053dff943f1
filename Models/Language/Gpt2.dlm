namespace Dlm.Models.Language

/// The tanh form of GELU (Hendrycks and Gimpel, 2016).
fn gelu_new(x) = 0.5 * x * (1 + tanh(0.7978845608 * (x + 0.044715 * x ** 3)))

/// A linear layer with its weight the other way round, as in OpenAI's checkpoints.
block Conv1D(out: int) : (x: [..., C]) -> [..., out] {
  param weight: [C, out] = normal(0, 0.02)
  param bias: [out] = zeros
  x @ weight + bias
}

block CausalAttention(heads: int, dropout: float) : (x: [B, T, D]) -> [B, T, D] {
  require D % heads == 0
  qkv = x -> c_attn: Conv1D(3 * D) -> rearrange("b t (n h k) -> n b h t k", n: 3, h: heads)
  attention(qkv[0], qkv[1], qkv[2], dropout: dropout, causal: true)
    -> rearrange("b h t k -> b t (h k)") -> c_proj: Conv1D(D) -> dropout(dropout)
}

block Gpt2Layer(heads: int, dropout: float) : (x: [B, T, D]) -> [B, T, D] {
  y = x + (x -> ln_1: layernorm -> attn: CausalAttention(heads, dropout))
  y + (y -> ln_2: layernorm -> mlp: { c_fc: Conv1D(4 * D) -> gelu_new -> c_proj: Conv1D(D) -> dropout(dropout) })
}

/// GPT-2 (Radford et al., 2019) under the keys of its published weights; the head is the embedding's weight.
model Gpt2(vocab: int = 50_257, context: int = 1024, d: int = 768, layers: int = 12, heads: int = 12, drop: float = 0.1)
    : (ids: int[B, T]) -> [B, T, vocab] {
  require T <= context
  x = (ids -> wte: embedding(vocab, d)) + (arange(0, T) -> wpe: embedding(context, d)) -> dropout(drop)
  (x -> h: repeat layers { Gpt2Layer(heads, drop) } -> ln_f: layernorm) @ transpose(wte.weight, 0, 1)
  init { embedding: normal(0, 0.02), "h.*.c_proj.weight": normal(0, 0.02 / sqrt(2 * layers)) }
  expect parameters 124_439_808
}

model Gpt2Medium = Gpt2(d: 1024, layers: 24, heads: 16)  expect parameters 354_823_168
model Gpt2Large  = Gpt2(d: 1280, layers: 36, heads: 20)  expect parameters 774_030_080
model Gpt2Xl     = Gpt2(d: 1600, layers: 48, heads: 25)  expect parameters 1_557_611_200
