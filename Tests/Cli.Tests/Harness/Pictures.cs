namespace Dlm.Cli.Tests.Harness;

/// <summary>Models whose pictures have something to get wrong.</summary>
internal static class Pictures
{
    public const string Text = """
        namespace Pictures

        block ConvBn(out: int, kernel: int, pad: int = 0) : (x: [B, C, H, W]) -> [B, out, _, _] {
          conv(out, kernel, pad: pad, bias: false) -> batchnorm -> relu
        }

        block Inception(a: int, b: int) : (x: [B, C, H, W]) -> [B, 2 * a + 2 * b, H, W] {
          one = x -> branch1: ConvBn(a, 1)
          two = x -> branch2a: ConvBn(b / 2, 1) -> branch2b: ConvBn(b, 3, pad: 1)
          three = x -> branch3a: ConvBn(b / 2, 1) -> branch3b: ConvBn(b, 3, pad: 1) -> branch3c: ConvBn(b, 3, pad: 1)
          four = x -> maxpool(3, stride: 1, pad: 1) -> branch4: ConvBn(a, 1)
          concat(one, two, three, four, dim: 1)
        }

        model Branches : [B, 3, 64, 64] -> [B, 10] {
          stem: conv(32, 3, stride: 2, pad: 1) -> relu
          mixed: Inception(64, 128)
          global_avgpool -> flatten -> linear(10)
        }

        model Skips : (x: [B, 3, 64, 64]) -> [B, 2, 64, 64] {
          d1 = x -> down1: conv(16, 3, pad: 1) -> relu
          d2 = d1 -> maxpool(2) -> down2: conv(32, 3, pad: 1) -> relu
          m = d2 -> maxpool(2) -> middle: conv(64, 3, pad: 1) -> relu
          u2 = concat(m -> up2: conv_transpose(32, 2, stride: 2), d2, dim: 1) -> c2: conv(32, 3, pad: 1) -> relu
          u1 = concat(u2 -> up1: conv_transpose(16, 2, stride: 2), d1, dim: 1) -> c1: conv(16, 3, pad: 1) -> relu
          u1 -> head: conv(2, 1)
        }

        model Ports : (image: [B, 4], text: [B, 6]) -> (score: [B, 5], other: [B, 3]) {
          a = image -> a: linear(3) -> relu
          b = text -> b: linear(3) -> tanh
          s = a * b + 2 * a
          (s -> linear(5), b - s)
        }

        model Dense : [B, 8] -> [B, 8] {
          a = linear(8) -> relu
          b = a -> linear(8)
          c = a + b -> linear(8)
          d = a + b + c -> linear(8)
          a + b + c + d
        }

        block Attend(d: int) : (query: [B, T, d], memory: [B, S, d]) -> [B, T, d] {
          q = query -> q_proj: linear(d)
          k = memory -> k_proj: linear(d)
          (q @ transpose(k, 1, 2)) @ (memory -> v_proj: linear(d)) -> out_proj: linear(d)
        }

        block Layer(d: int) : (x: [B, T, d], memory: [B, S, d]) -> [B, T, d] {
          a = x + ((x, x) -> self_attn: Attend(d)) -> norm1: layernorm
          b = a + ((a, memory) -> cross_attn: Attend(d)) -> norm2: layernorm
          b + (b -> ff1: linear(4 * d) -> relu -> ff2: linear(d)) -> norm3: layernorm
        }

        model Decoder(d: int = 64) : (x: [B, T, d], memory: [B, S, d]) -> [B, T, d] {
          one = (x, memory) -> layer1: Layer(d)
          (one, memory) -> layer2: Layer(d)
        }

        model Loop(hidden: int = 16) : (x: [B, T, 8], first: [B, hidden]) -> [B, T, 4] {
          x -> scan step over dim 1 with (h = first) {
            h = (step -> inputs: linear(hidden)) + (h -> states: linear(hidden)) -> tanh
            yield h
          }
          head: linear(4)
        }

        model Learned(d: int = 4) : (x: [B, d]) -> [B, d] {
          param w: [d, d] = xavier
          relu(x @ w) -> linear(d)
        }

        model Markup(name: int = 4) : (x: [B, 4]) -> [B, 4] { größe: { linear(name) -> relu } }

        """;
}
