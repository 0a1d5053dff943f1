using static Dlm.Dsl.Tests.Operators.OperatorCases;

namespace Dlm.Dsl.Tests.Operators;

internal static class ComparisonCases
{
    private const string Floats = "(x: [B, 4], y: [B, 4])";
    private const string Chosen = "(c: bool[B, 1], x: [B, 4], y: [4])";

    public static OperatorCases[] All =>
    [
        new("where",
            Good(Chosen, "where(c, x, y)", "[B, 4]", "torch.where(c, x, y)"),
            Good("(c: bool[B, 1], x: [B, 4])", "where(c, x, 0)", "[B, 4]", "DlmOperators.WhereElse(c, x, 0, null)"),
            Good("(c: bool[B], x: int[])", "where(c, 0.5, x)", "[B]", "DlmOperators.WhereThen(c, 0.5, x, global::TorchSharp.torch.ScalarType.Float32)"),
            Good("bool[B, T]", "where(1, 0)", "int[B, T]", "DlmOperators.WhereNumbers(input, 1, 0, global::TorchSharp.torch.ScalarType.Int64)"),
            Good("(c: bool[B], x: float64[B], y: [B])", "where(c, x, y)", "float64[B]", "torch.where(c, x, y)"),
            Bad("(c: [B, 1], x: [B, 4], y: [4])", "where(c, x, y)", "DLM0206", "compare, e.g. x != 0"),
            Bad("(c: bool[B, 3], x: [B, 4], y: [4])", "where(c, x, y)", "DLM0204", "dimension 1: 3 and 4"),
            Bad("(c: bool[B, 3], x: [B, 4])", "where(c, x)", "DLM0115", "'where'")),
        new("minimum",
            Good(Floats, "minimum(x, y)", "[B, 4]", "x.minimum(y)"),
            Good("int[B]", "minimum(3)", "int[B]", "input.clamp_max(3)"),
            Good("int[B]", "minimum(0.5)", "[B]", "input.clamp_max(0.5)"),
            Good("(x: float64[], y: [B])", "minimum(x, y)", "[B]", "x.minimum(y)"),
            Bad("(x: [B, 4], y: [B, 3])", "minimum(x, y)", "DLM0204", "dimension 1: 4 and 3"),
            Bad("bool[B]", "minimum(1)", "DLM0206", "where(condition, 1, 0)")),
        new("maximum",
            Good(Floats, "maximum(x, y)", "[B, 4]", "x.maximum(y)"),
            Good("[B]", "maximum(0)", "[B]", "input.clamp_min(0)"),
            Good("(x: [B])", "maximum(n, x)", "[B]", "x.clamp_min(_n)", parameters: "n: int"),
            Bad("(x: [B, 4], y: [B, 3])", "maximum(x, y)", "DLM0204", "dimension 1: 4 and 3")),
        new("masked_fill",
            Good("(x: [B, 4], m: bool[B, 1])", "masked_fill(x, m, -1.5)", "[B, 4]", "x.masked_fill(m, -1.5)"),
            Good("(x: int[B, 4], m: bool[4])", "masked_fill(x, m, value: 2)", "int[B, 4]", "x.masked_fill(m, 2)"),
            Bad("(x: int[B, 4], m: bool[4])", "masked_fill(x, m, 0.5)", "DLM0106", "a whole number"),
            Bad("(x: [4], m: bool[B, 4])", "masked_fill(x, m, 0)", "DLM0212", "the mask may not make it larger"),
            Bad("(x: [4], m: [4])", "masked_fill(x, m, 0)", "DLM0206", "a bool tensor as its mask")),
    ];
}
