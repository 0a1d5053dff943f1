using static Dlm.Dsl.Tests.Operators.OperatorCases;

namespace Dlm.Dsl.Tests.Operators;

internal static class ReductionCases
{
    public static OperatorCases[] All =>
    [
        Reduction("max", "amax", Good("int[B, 4]", "max(-1)", "int[B]", "input.amax(new long[] { -1 })")),
        Reduction("mean", "mean", Bad("int[B, 4]", "mean(1)", "DLM0206", "a float tensor")),
        Reduction("min", "amin", Good("int[B, 4]", "min(-1)", "int[B]", "input.amin(new long[] { -1 })")),
        Reduction("sum", "sum", Good("int[B, 4]", "sum(-1)", "int[B]", "input.sum(new long[] { -1 })")),
    ];

    private static OperatorCases Reduction(string name, string method, params OperatorCase[] more) => new(name,
    [
        Good("[B, 4, H, W]", $"{name}(1)", "[B, H, W]", $"input.{method}(new long[] {{ 1 }})"),
        Good("[B, 4, H, W]", $"{name}((-2, -1), keep: true)", "[B, 4, 1, 1]", $"input.{method}(new long[] {{ -2, -1 }}, true)"),
        Good("[4]", $"{name}(dim: 0)", "[]", $"input.{method}(new long[] {{ 0 }})"),
        Bad("[B, 4]", $"{name}(2)", "DLM0106", "a dimension of [B, 4], -2 to 1"),
        Bad("[B, 4]", $"{name}((1, -1))", "DLM0106", "two different dimensions"),
        Bad("[B, 4]", $"{name}(n)", "DLM0106", "a number that is known at build time", parameters: "n: int"),
        Bad("[B, 4]", $"{name}(1, keep: k)", "DLM0106", "true or false, known at build time", parameters: "k: bool"),
        Bad("bool[B, 4]", $"{name}(1)", "DLM0206", name == "mean" ? "a float tensor" : "a tensor of numbers"),
        Bad("[B, 4]", name, "DLM0104", "'dim'"),
        .. more,
    ]);
}
