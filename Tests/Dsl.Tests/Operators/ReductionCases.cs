using static Dlm.Dsl.Tests.Operators.OperatorCases;

namespace Dlm.Dsl.Tests.Operators;

internal static class ReductionCases
{
    public static OperatorCases[] All =>
    [
        OverAny("max", "amax", "max()", Good("int[B, 4]", "max(-1)", "int[B]", "input.amax(new long[] { -1 })"), Bad("bool[B, 4]", "max(1)", "DLM0206", "a tensor of numbers")),
        OverAny("min", "amin", "min()", Good("int[B, 4]", "min(-1)", "int[B]", "input.amin(new long[] { -1 })"), Bad("bool[B, 4]", "min(1)", "DLM0206", "a tensor of numbers")),
        OverAny("mean", "mean", "mean()", Bad("int[B, 4]", "mean(1)", "DLM0206", "a float tensor")),
        OverAny("sum", "sum", "sum()", Good("bool[B, 4]", "sum(-1)", "int[B]", "input.sum(new long[] { -1 })"), Good("int[B, 4]", "sum", "int[]", "input.sum()")),
        Spread("std"), Spread("var"),
        new("norm",
            Good("[B, 4]", "norm", "[]", "torch.linalg.vector_norm(input)"),
            Good("[B, 4]", "norm(dim: 1)", "[B]", "torch.linalg.vector_norm(input, 2, new long[] { 1 })"),
            Good("[B, 4, 5]", "norm(1, (1, 2), keep: true)", "[B, 1, 1]", "torch.linalg.vector_norm(input, 1, new long[] { 1, 2 }, true)"),
            Good("[B, 4]", "norm(p: 3, keep: true)", "[1, 1]", "torch.linalg.vector_norm(input, 3, null, true)"),
            Bad("[B, 4]", "norm(dim: 2)", "DLM0106", "a dimension of [B, 4], -2 to 1"),
            Bad("int[B, 4]", "norm", "DLM0206", "a float tensor")),
        new("count_nonzero",
            Good("bool[B, 4]", "count_nonzero", "int[]", "input.count_nonzero()"),
            Good("[B, 4, 5]", "count_nonzero(dim: (0, -1))", "int[4]", "input.count_nonzero(new long[] { 0, -1 })"),
            Bad("[B, 4]", "count_nonzero((1, 1))", "DLM0106", "different dimensions")),
        OverOne("argmax", "int", Bad("bool[B, 4]", "argmax", "DLM0206", "a tensor of numbers")),
        OverOne("argmin", "int", Bad("bool[B, 4]", "argmin", "DLM0206", "a tensor of numbers")),
        OverOne("all", "bool"), OverOne("any", "bool"),
        OverOne("prod", "", Good("bool[B, 4]", "prod(1)", "int[B]", "input.prod(1L)")),
        new("median",
            Good("[B, 4]", "median", "[]", "input.median()"),
            Bad("bool[B, 4]", "median", "DLM0206", "a tensor of numbers")),
        new("logsumexp",
            Good("[B, 4]", "logsumexp(1)", "[B]", "input.logsumexp(1)"),
            Good("[B, 4]", "logsumexp(dim: -1, keep: true)", "[B, 1]", "input.logsumexp(-1, true)"),
            Bad("int[B, 4]", "logsumexp(1)", "DLM0206", "a float tensor"),
            Bad("[B, 4]", "logsumexp", "DLM0104", "'dim'")),
        Along("cumsum", Good("bool[B, 4]", "cumsum(1)", "int[B, 4]", "input.cumsum(1)")),
        Along("cumprod", Good("int[B, 4]", "cumprod(1)", "int[B, 4]", "input.cumprod(1)")),
        Along("logcumsumexp", Bad("int[B, 4]", "logcumsumexp(1)", "DLM0206", "a float tensor")),
    ];

    private static OperatorCases OverAny(string name, string method, string whole, params OperatorCase[] more) => new(name,
    [
        Good("[B, 4, H, W]", $"{name}(1)", "[B, H, W]", $"input.{method}(new long[] {{ 1 }})"),
        Good("[B, 4, H, W]", $"{name}((-2, -1), keep: true)", "[B, 4, 1, 1]", $"input.{method}(new long[] {{ -2, -1 }}, true)"),
        Good("[B, 4]", name, "[]", $"input.{whole}"),
        Good("[B, 4]", $"{name}(keep: true)", "[1, 1]", $"input.{method}(new long[] {{ 0, 1 }}, true)"),
        Good("[4]", $"{name}(dim: 0)", "[]", $"input.{method}(new long[] {{ 0 }})"),
        Bad("[B, 4]", $"{name}(2)", "DLM0106", "a dimension of [B, 4], -2 to 1"),
        Bad("[B, 4]", $"{name}((1, -1))", "DLM0106", "different dimensions"),
        Bad("[B, 4]", $"{name}(n)", "DLM0106", "a number that is known at build time", parameters: "n: int"),
        Bad("[B, 4]", $"{name}(1, keep: k)", "DLM0106", "true or false, known at build time", parameters: "k: bool"),
        .. more,
    ]);

    private static OperatorCases Spread(string name) => new(
        name,
        Good("[B, 4]", name, "[]", $"input.{name}()"),
        Good("[B, 4]", $"{name}(unbiased: false)", "[]", $"input.{name}(false)"),
        Good("[B, 4, 5]", $"{name}((1, 2), unbiased: false, keep: true)", "[B, 1, 1]", $"input.{name}(new long[] {{ 1, 2 }}, false, true)"),
        Good("[B, 4]", $"{name}(dim: -1)", "[B]", $"input.{name}(new long[] {{ -1 }})"),
        Bad("[B, 4]", $"{name}(2)", "DLM0106", "a dimension of [B, 4], -2 to 1"),
        Bad("int[B, 4]", name, "DLM0206", "a float tensor"));

    private static OperatorCases OverOne(string name, string element, params OperatorCase[] more) => new(name,
    [
        Good("[B, 4]", name, $"{element}[]", $"input.{name}()"),
        Good("[B, 4]", $"{name}(dim: 1)", $"{element}[B]", $"input.{name}(1{(name == "prod" ? "L" : "")})"),
        Good("[B, 4]", $"{name}(-1, keep: true)", $"{element}[B, 1]", $"input.{name}(-1{(name == "prod" ? "L" : "")}, true)"),
        Bad("[B, 4]", $"{name}(2)", "DLM0106", "a dimension of [B, 4], -2 to 1"),
        Bad("[B, 4]", $"{name}(keep: true)", "DLM0106", "false where dim is left out"),
        Bad("[B, 4]", $"{name}((0, 1))", "DLM0105", "a whole number"),
        .. more,
    ]);

    private static OperatorCases Along(string name, params OperatorCase[] more) => new(name,
    [
        Good("[B, 4]", $"{name}(dim: 1)", "[B, 4]", $"input.{name}(1)"),
        Checked("[B, 4]", $"{name}(a)", "[B, 4]", "a >= -2", "a: int"),
        Bad("[B, 4]", $"{name}(2)", "DLM0106", "a dimension of [B, 4], -2 to 1"),
        Bad("[]", $"{name}(0)", "DLM0201", "at least one dimension"),
        .. more,
    ]);
}
