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
    ];
}
