using static Dlm.Dsl.Tests.Operators.OperatorCases;

namespace Dlm.Dsl.Tests.Operators;

internal static class ShapingCases
{
    public static OperatorCases[] All =>
    [
        new("flatten",
            Good("[B, 16, 5, 5]", "flatten", "[B, 400]", "input.flatten(1)"),
            Good("[B, C, H, W]", "flatten", "[B, C * H * W]", "input.flatten(1)"),
            Good("[B, 16, 5, 5]", "flatten(start: 2)", "[B, 16, 25]", "input.flatten(2)"),
            Good("[B, 16, 5, 5]", "flatten(0, -2)", "[80 * B, 5]", "input.flatten(0, -2)"),
            Good("int[B, 2, 3]", "flatten(end: 1)", "int[B, 2, 3]", "input.flatten(1, 1)"),
            Good("[B, 4]", "flatten", "[B, 4]", "input.flatten(1)"),
            Bad("[B]", "flatten", "DLM0106", "a dimension of [B], -1 to 0"),
            Bad("[B, 4]", "flatten(end: 2)", "DLM0106", "a dimension of [B, 4], -2 to 1"),
            Bad("[B, 4, 4]", "flatten(2, 1)", "DLM0106", "not before start, which is 2"),
            Bad("[B, 4, 4]", "flatten(n)", "DLM0106", "a number that is known at build time", parameters: "n: int")),
        new("squeeze",
            Good("[B, 1, 5]", "squeeze(1)", "[B, 5]", "input.squeeze(1)"),
            Good("bool[B, 5, 1]", "squeeze(dim: -1)", "bool[B, 5]", "input.squeeze(-1)"),
            Checked("[B, n]", "squeeze(1)", "[B]", "n - 1 == 0", "n: int"),
            Bad("[B, 5]", "squeeze(1)", "DLM0106", "a dimension of size 1, which of [B, 5] it is not"),
            Bad("[B, 5]", "squeeze(0)", "DLM0106", "a dimension of size 1"),
            Bad("[B, 5]", "squeeze(2)", "DLM0106", "a dimension of [B, 5], -2 to 1"),
            Bad("[]", "squeeze(0)", "DLM0201", "at least one dimension"),
            Bad("[B, 1]", "squeeze", "DLM0104", "'dim'")),
        new("unsqueeze",
            Good("[B, 5]", "unsqueeze(1)", "[B, 1, 5]", "input.unsqueeze(1)"),
            Good("int[B, 5]", "unsqueeze(dim: -1)", "int[B, 5, 1]", "input.unsqueeze(-1)"),
            Good("[]", "unsqueeze(0)", "[1]", "input.unsqueeze(0)"),
            Bad("[B, 5]", "unsqueeze(3)", "DLM0106", "a place in the shape of [B, 5], -3 to 2"),
            Bad("[B, 5]", "unsqueeze(n)", "DLM0106", "a number that is known at build time", parameters: "n: int")),
        new("transpose",
            Good("[B, T, 5]", "transpose(1, 2)", "[B, 5, T]", "input.transpose(1, 2)"),
            Good("int[B, T, 5]", "transpose(a: 0, b: -1)", "int[5, T, B]", "input.transpose(0, -1)"),
            Bad("[B, 5]", "transpose(0, 2)", "DLM0106", "a dimension of [B, 5], -2 to 1"),
            Bad("[B, 5]", "transpose(0)", "DLM0104", "'b'")),
        new("permute",
            Good("[B, T, 5]", "permute(0, 2, 1)", "[B, 5, T]", "input.permute(new long[] { 0, 2, 1 })"),
            Good("int[B, T, 5]", "permute(dims: [-1, 0, 1])", "int[5, B, T]", "input.permute(new long[] { -1, 0, 1 })"),
            Bad("[B, T, 5]", "permute(0, 1)", "DLM0106", "every dimension of [B, T, 5], 0 to 2, once"),
            Bad("[B, T, 5]", "permute(0, 1, 1)", "DLM0106", "every dimension of [B, T, 5], 0 to 2, once")),
        new("unflatten",
            Good("[B, 12]", "unflatten(1, 3, -1)", "[B, 3, 4]", "input.unflatten(1, new long[] { 3, -1 })"),
            Good("[B, 2 * d]", "unflatten(dim: -1, sizes: [2, d])", "[B, 2, d]", "input.unflatten(-1, new long[] { 2, _d })", parameters: "d: int"),
            Bad("[B, 12]", "unflatten(1, 5, -1)", "DLM0205", "the product of the sizes 5 does not divide the 12"),
            Bad("[B, 12]", "unflatten(1, 3, 5)", "DLM0106", "of which the product is 12"),
            Bad("[B, 12]", "unflatten(1, -1, -1)", "DLM0106", "at most one is -1"),
            Bad("[B, 12]", "unflatten(2, 3, 4)", "DLM0106", "a dimension of [B, 12], -2 to 1")),
    ];
}
