namespace Dlm.Testing.Tests.Mutants

/// Nothing is wrong with it: what the mutants are made of.
model Sound(vocab: int = 30, d: int = 16, heads: int = 2) : (words: int[B, T], mask: bool[T, T]?) -> [B, T, vocab] {
  x = words -> embed: embedding(vocab, d) -> norm: layernorm
  q = x -> q_proj: linear(d) -> rearrange("b t (h k) -> b h t k", h: heads)
  y = x + (attention(q, q, q, mask: mask) -> rearrange("b h t k -> b t (h k)") -> dropout(0.1) -> out_proj: linear(d))
  y -> relu -> head: linear(vocab)
}

/// The same, and it looks back alone.
model SoundCausal(vocab: int = 30, d: int = 16) : (words: int[B, T]) -> [B, T, vocab] {
  x = words -> embed: embedding(vocab, d) -> norm: layernorm
  y = x -> q_proj: linear(d) -> rearrange("b t (h k) -> b h t k", h: 2)
  x + (attention(y, y, y, causal: true) -> rearrange("b h t k -> b t (h k)") -> out_proj: linear(d)) -> head: linear(vocab)
}

/// A branch comes to nothing.
model WithoutGradient : (x: [B, 8]) -> [B, 4] {
  dead = x -> dead: linear(4) -> relu
  (x -> alive: linear(4)) + 0 * dead
}

/// Each sample is centred by the mean of its batch, in eval mode too.
model Neighbours : (x: [B, 8]) -> [B, 4] {
  x - mean(x, dim: 0) -> linear(4)
}

/// A word sees the next.
model Future(vocab: int = 30, d: int = 16) : (words: int[B, T]) -> [B, T, vocab] {
  x = words -> embed: embedding(vocab, d)
  y = x -> rearrange("b t d -> b d t") -> mix: conv(d, 3, pad: 1) -> rearrange("b d t -> b t d")
  x + y -> head: linear(vocab)
}

/// Looks where it should not.
model Inverted(d: int = 16) : (x: [B, T, d], mask: bool[T, T]) -> [B, T, d] {
  attention(x -> q: linear(d), x -> k: linear(d), x -> v: linear(d), mask: not mask)
}
