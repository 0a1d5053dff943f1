using static Dlm.Dsl.Tests.Operators.OperatorCases;

namespace Dlm.Dsl.Tests.Operators;

internal static class PoolCases
{
    public static OperatorCases[] All =>
    [
        new("maxpool",
            Good("[B, 8, 28, 28]", "maxpool(2)", "[B, 8, 14, 14]", "functional.max_pool2d(input, 2)"),
            Good("[B, 8, 112, 112]", "maxpool(3, stride: 2, pad: 1)", "[B, 8, 56, 56]", "functional.max_pool2d(input, 3, 2, 1)"),
            Good("[B, 8, 9, 9]", "maxpool(3, dilation: 2)", "[B, 8, 2, 2]", "functional.max_pool2d(input, 3, null, 0, 2)"),
            Good("[B, 8, 7, 7]", "maxpool(2, ceil: true)", "[B, 8, 4, 4]", "functional.max_pool2d(input, 2, null, 0, 1, true)"),
            Good("[B, 8, 5, 5]", "maxpool(2, stride: 3, pad: 1, ceil: true)", "[B, 8, 2, 2]", "functional.max_pool2d(input, 2, 3, 1, 1, true)"),
            Good("[C, H, W]", "maxpool(2)", "[C, H / 2, W / 2]", "functional.max_pool2d(input, 2)"),
            Checked("[B, 8, 9, 9]", "maxpool(k, stride: 1)", "[B, 8, 10 - k, 10 - k]", "10 - k >= 1", "k: int"),
            Bad("[B, 8]", "maxpool(2)", "DLM0201", "an image batch"),
            Bad("int[B, 8, 9, 9]", "maxpool(2)", "DLM0206", "a float tensor"),
            Bad("[B, 8, 1, 9]", "maxpool(2)", "DLM0203", "a height of 0"),
            Bad("[B, 8, 9, 9]", "maxpool(3, pad: 2)", "DLM0106", "at most half the kernel, 1"),
            Bad("[B, 8, 9, 9]", "maxpool", "DLM0104", "'kernel'")),
        new("avgpool",
            Good("[B, 8, 28, 28]", "avgpool(2)", "[B, 8, 14, 14]", "functional.avg_pool2d(input, 2)"),
            Good("[B, 8, 9, 9]", "avgpool(3, stride: 1, pad: 1, count_pad: false)", "[B, 8, 9, 9]", "functional.avg_pool2d(input, 3, 1, 1, false, false)"),
            Good("[B, 8, 7, 7]", "avgpool(2, ceil: true)", "[B, 8, 4, 4]", "functional.avg_pool2d(input, 2, null, 0, true)"),
            Bad("[B]", "avgpool(2)", "DLM0201", "an image batch"),
            Bad("[B, 8, 9, 9]", "avgpool(2, pad: 2)", "DLM0106", "at most half the kernel, 1"),
            Bad("[B, 8, 9, 9]", "avgpool(10)", "DLM0203", "a height of 0")),
        new("adaptive_avgpool",
            Good("[B, 8, 13, 13]", "adaptive_avgpool(6)", "[B, 8, 6, 6]", "functional.adaptive_avg_pool2d(input, 6)"),
            Good("[B, 8, H, W]", "adaptive_avgpool((2, 3))", "[B, 8, 2, 3]", "functional.adaptive_avg_pool2d(input, (2, 3))"),
            Checked("[B, 8, 9, 9]", "adaptive_avgpool(n)", "[B, 8, n, n]", "n >= 1", "n: int"),
            Bad("[B, 8]", "adaptive_avgpool(6)", "DLM0201", "an image batch"),
            Bad("[B, 8, 9, 9]", "adaptive_avgpool(0)", "DLM0106", "at least 1")),
        new("global_avgpool",
            Good("[B, 8, H, W]", "global_avgpool", "[B, 8, 1, 1]", "functional.adaptive_avg_pool2d(input, 1)"),
            Bad("[B, 8]", "global_avgpool", "DLM0201", "an image batch"),
            Bad("[B, 8, 9, 9]", "global_avgpool(1)", "DLM0103", "takes no arguments")),
    ];
}
