using static Dlm.Dsl.Tests.Operators.OperatorCases;

namespace Dlm.Dsl.Tests.Operators;

internal static class FunctionCases
{
    public static OperatorCases[] All =>
    [
        Elementwise("abs"), Elementwise("cos"), Elementwise("erf"), Elementwise("exp"), Elementwise("log"), Elementwise("reciprocal"),
        Elementwise("rsqrt"), Elementwise("sin"), Elementwise("sqrt"), Elementwise("square"),
    ];

    private static OperatorCases Elementwise(string name) => new(
        name,
        Good("[B, 4, H, W]", name, "[B, 4, H, W]", $"input.{name}()"),
        Good("float64[]", name, "float64[]", $"input.{name}()"),
        Bad("int[B, 4]", name, "DLM0206", "a float tensor"),
        Bad("[B, 4]", $"{name}(1)", "DLM0103", "takes no arguments"));
}
