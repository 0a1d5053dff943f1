using Dlm.Dsl.Shapes;
using static Dlm.Dsl.Operators.Row;

namespace Dlm.Dsl.Operators;

/// <summary>Linear algebra of one matrix, or of each of many.</summary>
internal static class Matrices
{
    public static IReadOnlyList<Operator> Rows { get; } =
    [
        OfSquare("inverse", "The inverse of square matrices.", "linalg.inv", input => input, savesOutput: true),
        OfSquare("det", "The determinant of square matrices: [..., n, n] to [...].", "linalg.det", Each, savesOutput: true),
        OfSquare("logdet", "The logarithm of the determinant of square matrices: [..., n, n] to [...].", "logdet", Each),
        OfSquare("cholesky", "The lower triangle L of which L L^T is the matrix, symmetric and positive definite.", "linalg.cholesky", input => input, savesOutput: true),
        OfSquare("matrix_exp", "The exponential of square matrices.", "linalg.matrix_exp", input => input),
        new("trace", OperatorGroup.Linear, "The sum of the diagonal of a square matrix.")
        {
            Type = call => call.NeedsFloat("a square matrix [n, n]", 2) && Arrangements.NeedsSquare(call) ? call.Input.WithDims([]) : null,
            CSharp = _ => Method("trace"),
        },
        new("slogdet", OperatorGroup.Linear, "The sign of the determinant of square matrices and the logarithm of its size, each [...].")
        {
            OutputNames = ["sign", "logdet"],
            Types = call => NeedsSquares(call) ? [Each(call.Input), Each(call.Input)] : null,
            CSharp = _ => TorchFunction("linalg.slogdet"),
            SavesOutput = true,
        },
    ];

    private static Operator OfSquare(string name, string summary, string function, Func<TensorType, TensorType> output, bool savesOutput = false) =>
        new(name, OperatorGroup.Linear, summary)
        {
            Type = call => NeedsSquares(call) ? output(call.Input) : null,
            CSharp = _ => TorchFunction(function),
            SavesOutput = savesOutput,
        };

    private static bool NeedsSquares(OperatorCall call) => call.NeedsFloat("square matrices [..., n, n]") && Arrangements.NeedsSquare(call);

    private static TensorType Each(TensorType matrices) => matrices.WithDims(matrices.Dims.Take(matrices.Rank - 2));
}
