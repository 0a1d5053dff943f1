namespace Dlm.Models.Language

fn project(x, weight, bias, heads: int) = (x @ transpose(weight, 0, 1) + bias)
                                            -> rearrange("b t (h k) -> b h t k", h: heads)

/// Attention with several heads (Vaswani et al., 2017, section 3.2.2), under the keys of <c>torch.nn.MultiheadAttention</c>.
block MultiHeadAttention(d: int, heads: int, dropout: float)
    : (query: [B, T, d], memory: [B, S, d], mask: bool[T, S]?) -> [B, T, d] {
  require d % heads == 0
  param in_proj_weight: [3 * d, d] = xavier
  param in_proj_bias: [3 * d] = zeros
  q = query -> project(in_proj_weight[:d], in_proj_bias[:d], heads)
  k = memory -> project(in_proj_weight[d:2 * d], in_proj_bias[d:2 * d], heads)
  v = memory -> project(in_proj_weight[2 * d:], in_proj_bias[2 * d:], heads)
  attention(q, k, v, mask: mask, dropout: dropout) -> rearrange("b h t k -> b t (h k)") -> out_proj: linear(d)
}

/// Self-attention and a network for each position (section 3.1, figure 1 left).
block EncoderLayer(d: int, heads: int, hidden: int, dropout: float) : (x: [B, S, d], mask: bool[S, S]?) -> [B, S, d] {
  a = (x, x) -> self_attn: MultiHeadAttention(d, heads, dropout, mask: mask) -> dropout(dropout)
  y = x + a -> norm1: layernorm
  f = y -> linear1: linear(hidden) -> relu -> dropout(dropout) -> linear2: linear(d) -> dropout(dropout)
  y + f -> norm2: layernorm
}

/// The same with attention over what the encoder read in between (figure 1 right).
block DecoderLayer(d: int, heads: int, hidden: int, dropout: float)
    : (x: [B, T, d], memory: [B, S, d], mask: bool[T, T]?, memory_mask: bool[T, S]?) -> [B, T, d] {
  a = (x, x) -> self_attn: MultiHeadAttention(d, heads, dropout, mask: mask) -> dropout(dropout)
  y = x + a -> norm1: layernorm
  m = (y, memory) -> multihead_attn: MultiHeadAttention(d, heads, dropout, mask: memory_mask) -> dropout(dropout)
  z = y + m -> norm2: layernorm
  f = z -> linear1: linear(hidden) -> relu -> dropout(dropout) -> linear2: linear(d) -> dropout(dropout)
  z + f -> norm3: layernorm
}

/// Encoder and decoder of "Attention is all you need" (Vaswani et al., 2017), between embeddings and logits; <c>torch.nn.Transformer</c>'s keys.
model Transformer(d: int = 512, heads: int = 8, layers: int = 6, hidden: int = 2048, dropout: float = 0.1)
    : (source: [B, S, d], target: [B, T, d], source_mask: bool[S, S]?, target_mask: bool[T, T]?,
       memory_mask: bool[T, S]?)
    -> [B, T, d] {
  memory = source -> encoder: {
    layers: repeat layers { EncoderLayer(d, heads, hidden, dropout, mask: source_mask) }
    norm: layernorm
  }
  target -> decoder: {
    layers: repeat layers {
      DecoderLayer(memory, d, heads, hidden, dropout, mask: target_mask, memory_mask: memory_mask)
    }
    norm: layernorm
  }
  expect parameters 44_140_544
}
