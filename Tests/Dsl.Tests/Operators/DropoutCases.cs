using static Dlm.Dsl.Tests.Operators.OperatorCases;

namespace Dlm.Dsl.Tests.Operators;

internal static class DropoutCases
{
    public static OperatorCases[] All =>
    [
        Dropout("dropout", "[B, 4]"),
        Dropout("dropout2d", "[B, 4, H, W]", Bad("[B, 4]", "dropout2d", "DLM0201", "an image batch [B, C, H, W]")),
        Dropout("alpha_dropout", "[B, 4]"),
    ];

    private static OperatorCases Dropout(string name, string input, params OperatorCase[] more) => new(name,
    [
        Good(input, name, input, $"functional.{name}(input, 0.5, training)"),
        Good(input, $"{name}(1)", input, $"functional.{name}(input, 1, training)"),
        Good(input, $"{name}(1 - keep)", input, $"functional.{name}(input, (1 - _keep), training)", parameters: "keep: float"),
        Bad(input, $"{name}(1.5)", "DLM0106", "a probability between 0 and 1"),
        Bad(input, $"{name}(-0.5)", "DLM0106", "a probability between 0 and 1"),
        Bad("int" + input, name, "DLM0206", "a float tensor"),
        Bad(input, $"{name}(true)", "DLM0105", "a number"),
        .. more,
    ]);
}
