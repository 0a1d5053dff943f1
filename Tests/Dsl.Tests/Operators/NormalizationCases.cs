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
            Good("[B, 8, D, H, W]", "batchnorm(track: false)", "[B, 8, D, H, W]", "nn.BatchNorm3d(8, 1E-05, 0.1, true, false)", "weight [8], bias [8]"),
            Bad("[8]", "batchnorm", "DLM0201", "channels in its second dimension"),
            Bad("int[B, 8]", "batchnorm", "DLM0206", "a float tensor"),
            Bad("[B, C, H, W]", "batchnorm", "DLM0207", "width C"),
            Bad("[B, 8]", "batchnorm(eps: true)", "DLM0105", "a number")),
        new("layernorm",
            Good("[B, T, 8]", "layernorm", "[B, T, 8]", "nn.LayerNorm(8)", "weight [8], bias [8]"),
            Good("[8]", "layernorm(eps: 0.001)", "[8]", "nn.LayerNorm(8, 0.001)", "weight [8], bias [8]"),
            Good("[B, 8]", "layernorm(affine: false)", "[B, 8]", "nn.LayerNorm(8, 1E-05, false)"),
            Good("[B, d]", "layernorm", "[B, d]", "nn.LayerNorm(d)", "weight [d], bias [d]", parameters: "d: int"),
            Good("[B, 3, 4, 5]", "layernorm(dims: 3)", "[B, 3, 4, 5]", "nn.LayerNorm(new long[] { 3, 4, 5 })", "weight [3, 4, 5], bias [3, 4, 5]"),
            Bad("[B, 8]", "layernorm(dims: 3)", "DLM0106", "at most the 2 dimensions of [B, 8]"),
            Bad("[]", "layernorm", "DLM0201", "at least one dimension"),
            Bad("[B, D]", "layernorm", "DLM0207", "width D"),
            Bad("int[B, 8]", "layernorm", "DLM0206", "a float tensor")),
        new("groupnorm",
            Good("[B, 8, H, W]", "groupnorm(4)", "[B, 8, H, W]", "nn.GroupNorm(4, 8)", "weight [8], bias [8]"),
            Good("[B, 8]", "groupnorm(2, eps: 0.001)", "[B, 8]", "nn.GroupNorm(2, 8, 0.001)", "weight [8], bias [8]"),
            Good("[B, 8, L]", "groupnorm(groups: 8, affine: false)", "[B, 8, L]", "nn.GroupNorm(8, 8, 1E-05, false)"),
            Checked("[B, 8, H, W]", "groupnorm(n)", "[B, 8, H, W]", "n >= 1", "n: int"),
            Bad("[B, 8, H, W]", "groupnorm(3)", "DLM0205", "groups 3 does not divide the 8 channels"),
            Bad("[B, C, H, W]", "groupnorm(3)", "DLM0207", "width C"),
            Bad("[8]", "groupnorm(2)", "DLM0201", "channels in its second dimension"),
            Bad("[B, 8, H, W]", "groupnorm", "DLM0104", "'groups'")),
        new("instancenorm",
            Good("[B, 8, H, W]", "instancenorm", "[B, 8, H, W]", "nn.InstanceNorm2d(8)"),
            Good("[B, 8, L]", "instancenorm(eps: 0.001)", "[B, 8, L]", "nn.InstanceNorm1d(8, 0.001)"),
            Good("[B, 8, D, H, W]", "instancenorm(affine: true)", "[B, 8, D, H, W]", "nn.InstanceNorm3d(8, 1E-05, 0.1, true)", "weight [8], bias [8]"),
            Good("[B, 8, L]", "instancenorm(track: true, momentum: 0.2)", "[B, 8, L]", "nn.InstanceNorm1d(8, 1E-05, 0.2, false, true)", Running),
            Bad("[B, 8]", "instancenorm", "DLM0201", "channels and places"),
            Bad("[B, C, L]", "instancenorm", "DLM0207", "width C"),
            Bad("int[B, 8, L]", "instancenorm", "DLM0206", "a float tensor")),
        new("local_response_norm",
            Good("[B, C, H, W]", "local_response_norm(5)", "[B, C, H, W]", "functional.local_response_norm(input, 5)"),
            Good("[B, 8, L]", "local_response_norm(size: 5, alpha: 0.001, beta: 0.5, k: 2)", "[B, 8, L]", "functional.local_response_norm(input, 5, 0.001, 0.5, 2)"),
            Bad("[B, 8]", "local_response_norm(5)", "DLM0201", "channels and places"),
            Bad("int[B, 8, L]", "local_response_norm(5)", "DLM0206", "a float tensor"),
            Bad("[B, 8, L]", "local_response_norm(0)", "DLM0106", "at least 1"),
            Bad("[B, 8, L]", "local_response_norm", "DLM0104", "'size'")),
        new("normalize",
            Good("[B, 8]", "normalize", "[B, 8]", "functional.normalize(input)"),
            Good("[B, T, 8]", "normalize(p: 1, dim: -1, eps: 0.001)", "[B, T, 8]", "functional.normalize(input, 1, -1, 0.001)"),
            Bad("[B, 8]", "normalize(dim: 2)", "DLM0106", "a dimension of [B, 8], -2 to 1"),
            Bad("int[B, 8]", "normalize", "DLM0206", "a float tensor")),
    ];
}
