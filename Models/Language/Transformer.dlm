namespace Dlm.Models.Language

fn project(x, weight, bias, heads: int) = affine(x, weight, bias) -> rearrange("b t (h k) -> b h t k", h: heads)

/// Attention with several heads (Vaswani et al., 2017, section 3.2.2), under the keys of <c>torch.nn.MultiheadAttention</c>. What it sees is
/// true where a position of a text may look. The i-th part of a cache keeps the keys and values of what was written before.
block MultiHeadAttention(d: int, heads: int, dropout: float, i: int = 0)
    : (query: [B, T, d], memory: [B, S, d], see: bool[B, 1, T, S]?, cache: [L, 2, B, heads, P, K]?) -> [B, T, d] {
  require d % heads == 0
  param in_proj_weight: [3 * d, d] = zeros
  param in_proj_bias: [3 * d] = zeros
  q = query -> project(in_proj_weight[:d], in_proj_bias[:d], heads)
  k = memory -> project(in_proj_weight[d:2 * d], in_proj_bias[d:2 * d], heads)
  v = memory -> project(in_proj_weight[2 * d:], in_proj_bias[2 * d:], heads)
  if cache then attention(q, k, v, cache: cache[i], causal: true) else attention(q, k, v, mask: see, dropout: dropout)
  rearrange("b h t k -> b t (h k)") -> out_proj: linear(d)
  init { "in_proj_weight": xavier, "out_proj.bias": zeros }
}

/// Self-attention and a network for each position (section 3.1, figure 1 left).
block EncoderLayer(d: int, heads: int, hidden: int, drop: float) : (x: [B, S, d], see: bool[B, 1, S, S]?) -> [B, S, d] {
  a = (x, x) -> self_attn: MultiHeadAttention(d, heads, drop, see: see) -> dropout(drop)
  layer linear1 = linear(hidden)
  layer linear2 = linear(d)
  y = x + a -> norm1: layernorm
  y + (y -> linear1 -> relu -> dropout(drop) -> linear2 -> dropout(drop)) -> norm2: layernorm
}

/// The same with attention over what the encoder read in between (figure 1 right).
block DecoderLayer(d: int, heads: int, hidden: int, drop: float, i: int = 0)
    : (x: [B, T, d], read: [B, S, d], see: bool[B, 1, T, T]?, cross: bool[B, 1, T, S]?, cache: [L, 2, B, H, P, K]?)
    -> [B, T, d] {
  a = (x, x) -> self_attn: MultiHeadAttention(d, heads, drop, i, see: see, cache: cache) -> dropout(drop)
  layer multihead_attn = MultiHeadAttention(d, heads, drop)
  layer linear1 = linear(hidden)
  layer linear2 = linear(d)
  y = x + a -> norm1: layernorm
  z = y + (multihead_attn(y, read, see: cross) -> dropout(drop)) -> norm2: layernorm
  z + (z -> linear1 -> relu -> dropout(drop) -> linear2 -> dropout(drop)) -> norm3: layernorm
}

/// Encoder and decoder of "Attention is all you need" (Vaswani et al., 2017), between embeddings and logits; <c>torch.nn.Transformer</c>'s keys.
model Transformer(d: int = 512, heads: int = 8, layers: int = 6, hidden: int = 2048, dropout: float = 0.1)
    : (source: [B, S, d], target: [B, T, d], source_mask: bool[B, 1, S, S]?, target_mask: bool[B, 1, T, T]?,
       memory_mask: bool[B, 1, T, S]?) -> [B, T, d] {
  read = source -> encoder: {
    layers: repeat layers alike { EncoderLayer(d, heads, hidden, dropout, see: source_mask) } -> norm: layernorm
  }
  target -> decoder: {
    layers: repeat layers alike { DecoderLayer(read, d, heads, hidden, dropout, see: target_mask, cross: memory_mask) }
    norm: layernorm
  }
  init { linear, "*.in_proj_weight": xavier }
  expect parameters 44_140_544
}
