using static Dlm.Dsl.Tests.Operators.OperatorCases;

namespace Dlm.Dsl.Tests.Operators;

internal static class DropoutCases
{
    public static OperatorCases[] All =>
    [
        Dropout("dropout", "[B, 4]"),
        Dropout("dropout2d", "[B, 4, H, W]", Bad("[B, 4]", "dropout2d", "DLM0201", "an image batch [B, C, H, W]")),
        Dropout("dropout1d", "[B, 4, L]", Bad("[B, 4]", "dropout1d", "DLM0201", "a batch of sequences [B, C, L]")),
        Dropout("dropout3d", "[B, 4, D, H, W]", Bad("[B, 4]", "dropout3d", "DLM0201", "a batch of volumes [B, C, D, H, W]")),
        Dropout("alpha_dropout", "[B, 4]"),
        Dropout("feature_alpha_dropout", "[B, 4, L]", Bad("[4]", "feature_alpha_dropout", "DLM0201", "channels in its second dimension")),
        new("drop_path",
            Good("[B, T, 4]", "drop_path(0.1)", "[B, T, 4]", "DlmOperators.DropPath(input, 0.1, training)"),
            Good("[B, T, 4]", "drop_path(p: q)", "[B, T, 4]", "DlmOperators.DropPath(input, _q, training)", parameters: "q: float"),
            Bad("[B, 4]", "drop_path(1.5)", "DLM0106", "a probability between 0 and 1"),
            Bad("[]", "drop_path", "DLM0201", "a batch in its first dimension")),
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
