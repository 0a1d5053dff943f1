using static Dlm.Dsl.Tests.Operators.OperatorCases;

namespace Dlm.Dsl.Tests.Operators;

internal static class MatrixCases
{
    public static OperatorCases[] All =>
    [
        OfSquare("inverse", "linalg.inv", "[B, 4, 4]"), OfSquare("det", "linalg.det", "[B]"), OfSquare("logdet", "logdet", "[B]"),
        OfSquare("cholesky", "linalg.cholesky", "[B, 4, 4]"), OfSquare("matrix_exp", "linalg.matrix_exp", "[B, 4, 4]"),
        new("trace",
            Good("[4, 4]", "trace", "[]", "input.trace()"),
            Checked("[n, 4]", "trace", "[]", "n - 4 == 0", "n: int"),
            Bad("[B, 4, 4]", "trace", "DLM0201", "a square matrix"),
            Bad("[4, 5]", "trace", "DLM0201", "square matrices")),
        new("slogdet",
            Good("[B, 4, 4]", "slogdet", "(sign: [B], logdet: [B])", "torch.linalg.slogdet(input)"),
            Bad("[B, 4, 5]", "slogdet", "DLM0201", "square matrices"),
            Bad("int[4, 4]", "slogdet", "DLM0206", "a float tensor")),
    ];

    private static OperatorCases OfSquare(string name, string function, string output) => new(
        name,
        Good("[B, 4, 4]", name, output, $"torch.{function}(input)"),
        Bad("[B, 4, 5]", name, "DLM0201", "square matrices"),
        Bad("[4]", name, "DLM0201", "square matrices"),
        Bad("int[4, 4]", name, "DLM0206", "a float tensor"));
}
