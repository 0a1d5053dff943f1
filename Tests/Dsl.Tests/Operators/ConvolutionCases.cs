using static Dlm.Dsl.Tests.Operators.OperatorCases;

namespace Dlm.Dsl.Tests.Operators;

internal static class ConvolutionCases
{
    public static OperatorCases[] All =>
    [
        new("conv",
            Good("[B, 3, 32, 32]", "conv(64, 3)", "[B, 64, 30, 30]", "nn.Conv2d(3, 64, 3)", "weight [64, 3, 3, 3], bias [64]", "1555200 * B"),
            Good("[B, 3, H, W]", "conv(64, 7, stride: 2, pad: 3, bias: false)", "[B, 64, (H + 1) / 2, (W + 1) / 2]",
                "nn.Conv2d(3, 64, 7, 2, 3, 1, global::TorchSharp.PaddingModes.Zeros, 1, false)", "weight [64, 3, 7, 7]",
                "9408 * ((H + 1) / 2) * ((W + 1) / 2) * B"),
            Good("[B, 8, 9, 9]", "conv(16, (3, 5), pad: (1, 2))", "[B, 16, 9, 9]", "nn.Conv2d(8, 16, (3, 5), (1, 1), (1, 2), (1, 1))",
                "weight [16, 8, 3, 5], bias [16]", "155520 * B"),
            Good("[B, 8, 9, 9]", "conv(16, 3, dilation: 2)", "[B, 16, 5, 5]", "nn.Conv2d(8, 16, 3, 1, 0, 2)", "weight [16, 8, 3, 3], bias [16]", "28800 * B"),
            Good("[B, 8, 9, 9]", "conv(8, 3, groups: 8)", "[B, 8, 7, 7]", "nn.Conv2d(8, 8, 3, 1, 0, 1, global::TorchSharp.PaddingModes.Zeros, 8)",
                "weight [8, 1, 3, 3], bias [8]", "3528 * B"),
            Good("[B, 8, 9, 9]", "conv(width, 1)", "[B, width, 9, 9]", "nn.Conv2d(8, width, 1)", "weight [width, 8, 1, 1], bias [width]",
                "648 * B * width", parameters: "width: int"),
            Checked("[B, 8, 9, 9]", "conv(width, 1)", "[B, width, 9, 9]", "width >= 1", "width: int"),
            Checked("[B, 8, 9, 9]", "conv(16, k)", "[B, 16, 10 - k, 10 - k]", "10 - k >= 1", "k: int"),
            Bad("[B, 8]", "conv(16, 3)", "DLM0201", "an image batch [B, C, H, W]"),
            Bad("[C, H, W]", "conv(16, 3)", "DLM0201", "an image batch [B, C, H, W]"),
            Bad("int[B, 8, 9, 9]", "conv(16, 3)", "DLM0206", "a float tensor"),
            Bad("[B, C, 9, 9]", "conv(16, 3)", "DLM0207", "width C"),
            Bad("[B, 8, 9, 9]", "conv(16, 11)", "DLM0203", "a height of -1"),
            Bad("[B, 8, 9, 9]", "conv(16, (9, 10))", "DLM0203", "a width of 0"),
            Bad("[B, 8, 9, 9]", "conv(16, 5, dilation: 3)", "DLM0203", "a height of -3"),
            Bad("[B, 8, 9, 9]", "conv(16, 3, groups: 3)", "DLM0205", "groups 3 does not divide the 8 input channels"),
            Bad("[B, 8, 9, 9]", "conv(18, 3, groups: 4)", "DLM0205", "groups 4 does not divide the 18 output channels"),
            Bad("[B, 8, 9, 9]", "conv(16, 3, stride: 0)", "DLM0106", "at least 1"),
            Bad("[B, 8, 9, 9]", "conv(16, 3, pad: -1)", "DLM0106", "at least 0"),
            Bad("[B, 8, 9, 9]", "conv(16, (3, 3, 3))", "DLM0105", "a whole number, or two for height and width"),
            Bad("[B, 8, 9, 9]", "conv(16, 3, bias: 1)", "DLM0105", "true or false"),
            Bad("[B, 8, 9, 9]", "conv(16)", "DLM0104", "'conv' needs 'kernel'"),
            Bad("[B, 8, 9, 9]", "conv(16, 3, padding: 1)", "DLM0103", "pad")),
    ];
}
