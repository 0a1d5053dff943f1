using static Dlm.Dsl.Tests.Operators.OperatorCases;

namespace Dlm.Dsl.Tests.Operators;

internal static class DropoutCases
{
    public static OperatorCases[] All =>
    [
        new("dropout",
            Good("[B, 4]", "dropout", "[B, 4]", "functional.dropout(input, 0.5, training)"),
            Good("[B, 4]", "dropout(1)", "[B, 4]", "functional.dropout(input, 1, training)"),
            Good("[B, 4]", "dropout(1 - keep)", "[B, 4]", "functional.dropout(input, (1 - _keep), training)", parameters: "keep: float"),
            Bad("[B, 4]", "dropout(1.5)", "DLM0106", "a probability between 0 and 1"),
            Bad("[B, 4]", "dropout(-0.5)", "DLM0106", "a probability between 0 and 1"),
            Bad("int[B, 4]", "dropout", "DLM0206", "a float tensor"),
            Bad("[B, 4]", "dropout(true)", "DLM0105", "a number")),
    ];
}
