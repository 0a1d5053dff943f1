using static Dlm.Dsl.Tests.Operators.OperatorCases;

namespace Dlm.Dsl.Tests.Operators;

internal static class NormalizationCases
{
    private const string Running = "(running_mean [8]), (running_var [8]), (num_batches_tracked [])";

    public static OperatorCases[] All =>
    [
        new("batchnorm",
            Good("[B, 8, H, W]", "batchnorm", "[B, 8, H, W]", "nn.BatchNorm2d(8)", $"weight [8], bias [8], {Running}"),
            Good("[B, 8, L]", "batchnorm", "[B, 8, L]", "nn.BatchNorm1d(8)", $"weight [8], bias [8], {Running}"),
            Good("[B, 8]", "batchnorm(eps: 0.001, momentum: 0.01)", "[B, 8]", "nn.BatchNorm1d(8, 0.001, 0.01)", $"weight [8], bias [8], {Running}"),
            Good("[B, 8, H, W]", "batchnorm(affine: false)", "[B, 8, H, W]", "nn.BatchNorm2d(8, 1E-05, 0.1, false)", Running),
            Bad("[8]", "batchnorm", "DLM0201", "channels in its second dimension"),
            Bad("int[B, 8]", "batchnorm", "DLM0206", "a float tensor"),
            Bad("[B, C, H, W]", "batchnorm", "DLM0207", "width C"),
            Bad("[B, 8]", "batchnorm(eps: true)", "DLM0105", "a number")),
    ];
}
