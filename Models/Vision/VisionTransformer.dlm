namespace Dlm.Models.Vision

use Dlm.Models.Language

/// A layer of the encoder with its norms in front (Dosovitskiy et al., 2020, figure 1 right).
block VisionLayer(d: int, heads: int, hidden: int, dropout: float) : (x: [B, T, d]) -> [B, T, d] {
  n = x -> ln_1: layernorm(eps: 1e-6)
  y = x + ((n, n) -> self_attention: MultiHeadAttention(d, heads, dropout) -> dropout(dropout))
  y + (y -> ln_2: layernorm(eps: 1e-6)
         -> mlp: { linear(hidden) -> gelu -> dropout(dropout) -> linear(d) -> dropout(dropout) })
  init { "mlp.*.weight": xavier, "mlp.*.bias": normal(0, 1e-6) }
}

/// An image as a sentence of its patches (Dosovitskiy et al., 2020) under torchvision's keys.
model VisionTransformer(size: int, d: int, layers: int, heads: int, hidden: int, classes: int = 1000,
                        dropout: float = 0, side: int = 224)
    : (image: [B, 3, side, side]) -> [B, classes] {
  require side % size == 0
  param class_token: [1, 1, d] = zeros
  patches = image -> conv_proj: conv(d, size, stride: size) -> rearrange("b d h w -> b (h w) d")
  x = concat(class_token + zeros(B, 1, d), patches, dim: 1)
  y = x -> encoder: {
    param pos_embedding: [1, (side / size) ** 2 + 1, d] = normal(0, 0.02)
    z = x + pos_embedding
    z -> dropout(dropout) -> layers: repeat i in 0..layers as encoder_layer_ { VisionLayer(d, heads, hidden, dropout) }
    ln: layernorm(eps: 1e-6)
  }
  y[:, 0] -> heads: { head: linear(classes) }
  init { "conv_proj.weight": trunc_normal(0, 1 / sqrt(3 * size ** 2)), "conv_proj.bias", "heads": zeros }
}

model VitB16 = VisionTransformer(16, 768, 12, 12, 3072)   expect parameters 86_567_656
model VitB32 = VisionTransformer(32, 768, 12, 12, 3072)   expect parameters 88_224_232
model VitL16 = VisionTransformer(16, 1024, 24, 16, 4096)  expect parameters 304_326_632
