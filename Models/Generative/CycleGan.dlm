namespace Dlm.Models.Generative

/// A residual block without its last rectifier (Zhu et al., 2017, appendix 7.2), reflected at its edges.
block ResnetBlock : (x: [B, C, H, W]) -> [B, C, H, W] {
  require H >= 2 and W >= 2
  x + (x -> conv_block: {
    pad(1, mode: "reflect") -> conv(C, 3) -> instancenorm -> relu
    pad(1, mode: "reflect") -> conv(C, 3) -> instancenorm
  })
}

/// An image of one kind becomes one of the other (Zhu et al., 2017, appendix 7.2, with 9 blocks), under the keys of the authors'
/// implementation.
model CycleGanGenerator(channels: int = 3, width: int = 64) : (image: [B, channels, H, W]) -> [B, channels, H, W] {
  require H % 4 == 0 and W % 4 == 0 and H >= 8 and W >= 8
  image -> model: {
    pad(3, mode: "reflect") -> conv(width, 7) -> instancenorm -> relu
    conv(2 * width, 3, stride: 2, pad: 1) -> instancenorm -> relu
    conv(4 * width, 3, stride: 2, pad: 1) -> instancenorm -> relu
    ResnetBlock -> ResnetBlock -> ResnetBlock
    ResnetBlock -> ResnetBlock -> ResnetBlock
    ResnetBlock -> ResnetBlock -> ResnetBlock
    conv_transpose(2 * width, 3, stride: 2, pad: 1, output_pad: 1) -> instancenorm -> relu
    conv_transpose(width, 3, stride: 2, pad: 1, output_pad: 1) -> instancenorm -> relu
    pad(3, mode: "reflect") -> conv(channels, 7) -> tanh
  }
  init { conv, conv_transpose: normal(0, 0.02), "*.bias": zeros }
  expect parameters 11_378_179
}

/// A logit for each patch of 70x70 pixels: whether it is of a real image (Isola et al., 2016, section 3.2.2).
model PatchDiscriminator(channels: int = 3, width: int = 64) : (image: [B, channels, H, W]) -> [B, 1, _, _] {
  image -> model: {
    conv(width, 4, stride: 2, pad: 1) -> leaky_relu(0.2)
    conv(2 * width, 4, stride: 2, pad: 1) -> instancenorm -> leaky_relu(0.2)
    conv(4 * width, 4, stride: 2, pad: 1) -> instancenorm -> leaky_relu(0.2)
    conv(8 * width, 4, pad: 1) -> instancenorm -> leaky_relu(0.2)
    conv(1, 4, pad: 1)
  }
  init { conv: normal(0, 0.02), "*.bias": zeros }
  expect parameters 2_764_737
}

/// Horses become zebras and zebras horses (Zhu et al., 2017, section 3, with the squares of section 4): each way has its judge, and there
/// and back again is to change nothing.
objective CycleGame(there: CycleGanGenerator, back: CycleGanGenerator, judge_a: PatchDiscriminator,
                    judge_b: PatchDiscriminator,
                    cycle: float = 10, identity: float = 0.5)
    : (a: [B, C, H, W], b: [B, C, H, W]) {
  fake_b = a -> there
  fake_a = b -> back
  returned = l1(fake_b -> back, a) + l1(fake_a -> there, b)
  same = l1(b -> there, b) + l1(a -> back, a)
  fooled = mse(fake_b -> judge_b, 1) + mse(fake_a -> judge_a, 1)
  minimize there, back: fooled + cycle * (returned + identity * same)
  minimize judge_a: 0.5 * (mse(a -> judge_a, 1) + mse(stop(fake_a) -> judge_a, 0))
  minimize judge_b: 0.5 * (mse(b -> judge_b, 1) + mse(stop(fake_b) -> judge_b, 0))
}
