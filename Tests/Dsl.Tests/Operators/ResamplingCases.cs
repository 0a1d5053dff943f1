using static Dlm.Dsl.Tests.Operators.OperatorCases;

namespace Dlm.Dsl.Tests.Operators;

internal static class ResamplingCases
{
    private const string Mode = "global::TorchSharp.torch.InterpolationMode.";

    public static OperatorCases[] All =>
    [
        new("pixel_shuffle",
            Good("[B, 36, 5, 7]", "pixel_shuffle(3)", "[B, 4, 15, 21]", "functional.pixel_shuffle(input, 3)"),
            Good("[4 * c, H, W]", "pixel_shuffle(factor: 2)", "[c, 2 * H, 2 * W]", "functional.pixel_shuffle(input, 2)", parameters: "c: int"),
            Bad("[B, 8, 5, 7]", "pixel_shuffle(3)", "DLM0205", "factor squared 9 does not divide the 8 input channels"),
            Bad("[B, 8]", "pixel_shuffle(2)", "DLM0201", "an image batch"),
            Bad("[B, 8, 5, 7]", "pixel_shuffle(0)", "DLM0106", "at least 1")),
        new("pixel_unshuffle",
            Good("[B, 4, 15, 21]", "pixel_unshuffle(3)", "[B, 36, 5, 7]", "functional.pixel_unshuffle(input, 3)"),
            Good("[C, 4, 4]", "pixel_unshuffle(factor: 2)", "[4 * C, 2, 2]", "functional.pixel_unshuffle(input, 2)"),
            Bad("[B, 8, 5, 6]", "pixel_unshuffle(2)", "DLM0205", "factor 2 does not divide the 5 pixels of height"),
            Bad("[B, 8]", "pixel_unshuffle(2)", "DLM0201", "an image batch")),
        Resampling("upsample"), Resampling("interpolate"),
        new("pad",
            Good("[B, 3, H, W]", "pad(1)", "[B, 3, H + 2, W + 2]", "functional.pad(input, new long[] { 1, 1, 1, 1 })"),
            Good("[B, T, 4]", "pad([0, 0, 1, 0])", "[B, T + 1, 4]", "functional.pad(input, new long[] { 0, 0, 1, 0 })"),
            Good("int[B, 4]", "pad(size: [0, 2], value: -1)", "int[B, 6]", "functional.pad(input, new long[] { 0, 2 }, global::TorchSharp.PaddingModes.Constant, -1)"),
            Good("[B, 3, 8, 8]", "pad([1, 2, 3, 4], mode: \"reflect\")", "[B, 3, 15, 11]", "functional.pad(input, new long[] { 1, 2, 3, 4 }, global::TorchSharp.PaddingModes.Reflect)"),
            Good("[B, 3, 8]", "pad([-2, -1])", "[B, 3, 5]", "functional.pad(input, new long[] { -2, -1 })"),
            Checked("[B, 3, 8]", "pad(n, mode: \"reflect\")", "[B, 3, 2 * n + 8]", "7 - n >= 0", "n: int"),
            Bad("[B, 4]", "pad(1)", "DLM0201", "a list of what to add to each dimension"),
            Bad("[B, 3, 8]", "pad([1, 2, 3])", "DLM0106", "two numbers for each dimension"),
            Bad("[B, 3, 8]", "pad(8, mode: \"reflect\")", "DLM0106", "less than 8"),
            Bad("[B, 3, 8]", "pad(9, mode: \"circular\")", "DLM0106", "at most 8"),
            Bad("[B, 3, 8]", "pad(-1, mode: \"replicate\")", "DLM0106", "at least 0"),
            Bad("[B, 3, 8]", "pad([-8, 0])", "DLM0203", "more is taken away"),
            Bad("[B, 3, 8]", "pad([-9, 9])", "DLM0106", "no more away than there is, 8"),
            Bad("[B, 3, 8]", "pad(1, mode: \"reflect\", value: 1)", "DLM0106", "left out unless"),
            Bad("int[B, 3, 8]", "pad(1, mode: \"reflect\")", "DLM0206", "a float tensor")),
    ];

    private static OperatorCases Resampling(string name) => new(
        name,
        Good("[B, 8, 7, W]", $"{name}(2)", "[B, 8, 14, 2 * W]", "functional.interpolate(input, null, new double[] { 2, 2 })"),
        Good("[B, 8, 7, 7]", $"{name}((1, n), \"bilinear\")", "[B, 8, 7, 7 * n]", $"functional.interpolate(input, null, new double[] {{ 1, _n }}, {Mode}Bilinear)", parameters: "n: int"),
        Good("[B, 8, 7, 7]", $"{name}(scale: 2, mode: \"bicubic\", align_corners: true)", "[B, 8, 14, 14]", $"functional.interpolate(input, null, new double[] {{ 2, 2 }}, {Mode}Bicubic, true)"),
        Good("[B, 8, H, 7]", $"{name}(0.5)", "[B, 8, H / 2, 3]", "functional.interpolate(input, null, new double[] { 0.5, 0.5 })"),
        Good("[B, 8, H, W]", $"{name}(size: (32, 16))", "[B, 8, 32, 16]", "functional.interpolate(input, new long[] { 32, 16 })"),
        Good("[B, 8, L]", $"{name}(1.5, \"linear\")", "[B, 8, L + L / 2]", $"functional.interpolate(input, null, new double[] {{ 1.5 }}, {Mode}Linear)"),
        Good("[B, 8, 2, 2, 2]", $"{name}(2, \"trilinear\")", "[B, 8, 4, 4, 4]", $"functional.interpolate(input, null, new double[] {{ 2, 2, 2 }}, {Mode}Trilinear)"),
        Bad("[B, 8, 7, 7]", $"{name}(2, align_corners: true)", "DLM0106", "false where the mode is \"nearest\""),
        Bad("[B, 8, 7, 7]", $"{name}(2, \"cubic\")", "DLM0106", "\"nearest\" or \"linear\""),
        Bad("[B, 8, 7]", $"{name}(2, \"bilinear\")", "DLM0106", "\"linear\" for [B, 8, 7], or \"nearest\""),
        Bad("[B, 8, H, W]", $"{name}(0.3)", "DLM0106", "because H is open; or give size"),
        Bad("[B, 8, 7, 7]", $"{name}(0)", "DLM0106", "a number over 0"),
        Bad("[B, 8, 7, 7]", $"{name}(0.1)", "DLM0203", "leaves nothing of it"),
        Bad("[B, 8, 7, 7]", $"{name}(2, size: 8)", "DLM0104", "and not both"),
        Bad("[B, 8, 7, 7]", name, "DLM0104", $"{name}(size: 32)"),
        Bad("[B, 8]", $"{name}(2)", "DLM0201", "images [B, C, H, W]"));
}
