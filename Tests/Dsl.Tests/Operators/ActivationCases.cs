using static Dlm.Dsl.Tests.Operators.OperatorCases;

namespace Dlm.Dsl.Tests.Operators;

internal static class ActivationCases
{
    public static OperatorCases[] All =>
    [
        Elementwise("relu"), Elementwise("sigmoid"), Elementwise("tanh"), Elementwise("gelu"), Elementwise("silu"),
        new("leaky_relu",
            Good("[B, 4]", "leaky_relu", "[B, 4]", "functional.leaky_relu(input)"),
            Good("[B, 4]", "leaky_relu(0.2)", "[B, 4]", "functional.leaky_relu(input, 0.2)"),
            Good("[B, 4]", "leaky_relu(a / 2)", "[B, 4]", "functional.leaky_relu(input, ((double)_a / 2))", parameters: "a: float"),
            Bad("int[B, 4]", "leaky_relu", "DLM0206", "a float tensor"),
            Bad("[B, 4]", "leaky_relu(\"a\")", "DLM0105", "a number")),
        new("elu",
            Good("[B, 4]", "elu", "[B, 4]", "functional.elu(input, 1)"),
            Good("[B, 4]", "elu(alpha: 0.5)", "[B, 4]", "functional.elu(input, 0.5)"),
            Bad("int[B, 4]", "elu", "DLM0206", "a float tensor"),
            Bad("[B, 4]", "elu(beta: 1)", "DLM0103", "alpha")),
        Softmax("softmax"), Softmax("log_softmax"),
    ];

    private static OperatorCases Elementwise(string name) => new(
        name,
        Good("[B, 4, H, W]", name, "[B, 4, H, W]", $"functional.{name}(input)"),
        Good("[]", name, "[]", $"functional.{name}(input)"),
        Bad("int[B, 4]", name, "DLM0206", "a float tensor"),
        Bad("[B, 4]", $"{name}(1)", "DLM0103", "takes no arguments"));

    private static OperatorCases Softmax(string name) => new(
        name,
        Good("[B, 4]", name, "[B, 4]", $"functional.{name}(input, -1)"),
        Good("[B, T, 4]", $"{name}(dim: 1)", "[B, T, 4]", $"functional.{name}(input, 1)"),
        Good("[B, T, 4]", $"{name}(axis)", "[B, T, 4]", $"functional.{name}(input, _axis)", parameters: "axis: int"),
        Bad("[B, 4]", $"{name}(2)", "DLM0106", "a dimension of [B, 4], -2 to 1"),
        Bad("[B, 4]", $"{name}(-3)", "DLM0106", "a dimension of [B, 4], -2 to 1"),
        Bad("[]", name, "DLM0201", "at least one dimension"),
        Bad("bool[B, 4]", name, "DLM0206", "a float tensor"));
}
