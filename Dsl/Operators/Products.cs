using Dlm.Dsl.Shapes;
using static Dlm.Dsl.Operators.Row;

namespace Dlm.Dsl.Operators;

/// <summary>Products of tensors, and how alike or far apart vectors are.</summary>
internal static class Products
{
    private const string Pairs = "one vector in each row, [..., N, d]";

    /// <summary>The row that is written <c>@</c>.</summary>
    public static Operator Matrix { get; } = new("product", OperatorGroup.Linear, "The matrix product over the last two dimensions; those before broadcast.")
    {
        Ports = [new("left"), new("right")],
        Type = MatrixType,
        Macs = (call, output) => output.Count * call.Input[-1],
        CSharp = _ => Method("matmul"),
    };

    public static IReadOnlyList<Operator> Rows { get; } =
    [
        new("bilinear", OperatorGroup.Linear, "x A y + b with a matrix A for each output: [B, n] and [B, m] to [B, out].")
        {
            Ports = [new("left"), new("right")],
            Arguments = [Int("out"), Bool("bias", true)],
            Type = BilinearType,
            Weights = call => call.IsOn("bias") ? [Cube(call), new Weight("bias", [call.Int("out")])] : [Cube(call)],
            Macs = (call, output) => output.Count * call.Inputs[0].Type[-1] * call.Inputs[1].Type[-1],
            CSharp = call => Layer("Bilinear", Arg(call.Inputs[0].Type[-1]), Arg(call.Inputs[1].Type[-1]), Arg(call.Int("out")), Arg(call.Value("bias"), true)),
        },
        new("affine", OperatorGroup.Linear, "x A^T + b over the last dimension with weights that are given, [out, d] and [out]: a projection with a param, or with a table that is tied.")
        {
            Ports = [new("input"), new("weight"), new("bias", IsOptional: true)],
            Type = AffineType,
            Macs = (call, output) => output.Count * call.Input[-1],
            CSharp = _ => Function("linear"),
        },
        new("outer", OperatorGroup.Linear, "Every element of one vector times every element of the other: [N] and [M] to [N, M].")
        {
            Ports = [new("left"), new("right")],
            Type = call => call.NeedsOneFloatType() && call.NeedsRank(call.Inputs[0], "a vector, [N]", 1) && call.NeedsRank(call.Inputs[1], "a vector, [M]", 1)
                ? call.Input.WithDims([call.Input[0], call.Inputs[1].Type[0]]) : null,
            Macs = (_, output) => output.Count,
            CSharp = _ => Method("outer"),
        },
        new("cosine_similarity", OperatorGroup.Linear, "The cosine of the angle between vectors along a dimension; the others broadcast.")
        {
            Ports = [new("left"), new("right")],
            Arguments = [Int("dim", -1, minimum: long.MinValue), Float("eps", 1e-8)],
            Type = CosineType,
            CSharp = call => Function("cosine_similarity", Arg(call.Int("dim"), 1), Arg(call.Value("eps"), 1e-8)),
        },
        new("pairwise_distance", OperatorGroup.Linear, "The distance of each vector to its partner: [..., d] to [...].")
        {
            Ports = [new("left"), new("right")],
            Arguments = [Float("p", 2), Float("eps", 1e-6)],
            Type = call =>
            {
                if (!call.NeedsOneFloatType() || !call.NeedsRank(call.Inputs[0], "vectors, [..., d]", Ranks(1)) || !call.NeedsRank(call.Inputs[1], "vectors, [..., d]", Ranks(1))) return null;
                return call.Broadcast("pairwise_distance", [.. call.Inputs]) is { } shape ? call.Input.WithDims(shape.Take(shape.Length - 1)) : null;
            },
            SavesOutput = true,
            CSharp = call => Function("pairwise_distance", Arg(call.Value("p"), 2.0), Arg(call.Value("eps"), 1e-6)),
        },
        new("cdist", OperatorGroup.Linear, "The distance of every vector of one to every vector of the other: [..., N, d] and [..., M, d] to [..., N, M].")
        {
            Ports = [new("left"), new("right")],
            Arguments = [Float("p", 2)],
            Type = call =>
            {
                if (!call.NeedsOneFloatType() || !call.NeedsWithin("p", 0, double.PositiveInfinity, "at least 0") || !call.NeedsRank(call.Inputs[0], Pairs, Ranks(2)) || !call.NeedsRank(call.Inputs[1], Pairs, Ranks(2))) return null;
                var (left, right) = (call.Inputs[0].Type, call.Inputs[1].Type);
                if (!call.NeedsShape(call.Inputs[1], "the right side", [.. right.Dims.Take(right.Rank - 1), left[-1]], "both sides have vectors of one length")) return null;
                return Leading(call, "cdist", left, right) is { } leading ? left.WithDims([.. leading, left[-2], right[-2]]) : null;
            },
            SavesOutput = true,
            CSharp = call => TorchFunction("cdist", Arg(call.Value("p"), 2.0)),
        },
    ];

    private static int[] Ranks(int least) => Enumerable.Range(least, 33 - least).ToArray();

    private static Weight Cube(OperatorCall call) => new("weight", [call.Int("out"), call.Inputs[0].Type[-1], call.Inputs[1].Type[-1]]);

    private static TensorType? BilinearType(OperatorCall call)
    {
        var (left, right) = (call.Inputs[0], call.Inputs[1]);
        if (!call.NeedsOneFloatType() || !call.NeedsRank(left, "at least one dimension", Ranks(1))) return null;
        if (!call.NeedsRank(right, $"{left.Type.Rank} dimensions on both sides", left.Type.Rank)) return null;
        if (!call.NeedsShape(right, "the right side", [.. left.Type.Dims.Take(left.Type.Rank - 1), right.Type[-1]], "only the last dimension may differ")) return null;
        if (!call.NeedsKnownWidth(left.Type[-1]) || !call.NeedsKnownWidth(right.Type[-1])) return null;
        return left.Type.WithDims([.. left.Type.Dims.Take(left.Type.Rank - 1), call.Int("out")]);
    }

    private static TensorType? AffineType(OperatorCall call)
    {
        var (input, weight) = (call.Inputs[0].Type, call.Inputs[1].Type);
        if (!call.NeedsOneFloatType() || !call.NeedsRank(call.Inputs[0], "at least one dimension", Ranks(1)) || !call.NeedsRank(call.Inputs[1], "a weight [out, d]", 2)) return null;
        if (!call.NeedsShape(call.Inputs[1], "its weight", [weight[0], input[-1]], "a weight has a row for each output and a column for each input; transpose(0, 1) turns it")) return null;
        return call.NeedsShape(call.Port("bias"), "its bias", [weight[0]], "a bias has a number for each output") ? input.WithDims([.. input.Dims.Take(input.Rank - 1), weight[0]]) : null;
    }

    private static TensorType? CosineType(OperatorCall call)
    {
        if (!call.NeedsOneFloatType() || call.Broadcast("cosine_similarity", [.. call.Inputs]) is not { } shape) return null;
        return call.PositionIn("dim", call.Input.WithDims(shape), call.Origin) is { } at ? call.Input.WithDims(shape.Where((_, i) => i != at)) : null;
    }

    // A vector on the left is a row and on the right a column, and that dimension is gone from the product.
    private static TensorType? MatrixType(OperatorCall call)
    {
        if (!call.NeedsOneFloatType()) return null;
        var (left, right) = (call.Inputs[0].Type, call.Inputs[1].Type);
        if (left.Rank == 0 || right.Rank == 0 || !call.AreEqual("@", left[-1], right[right.Rank == 1 ? -1 : -2]))
        {
            call.Report().WrongInnerSize(call.Inputs[0], call.Inputs[1]);
            return null;
        }
        if (Leading(call, "@", left, right) is not { } leading) return null;
        return left.WithDims([.. leading, .. left.Rank == 1 ? System.Array.Empty<Dim>() : [left[-2]], .. right.Rank == 1 ? System.Array.Empty<Dim>() : [right[-1]]]);
    }

    private static Dim[]? Leading(OperatorCall call, string shownName, TensorType left, TensorType right)
    {
        var conflicts = new List<SizeConflict>();
        var leading = Broadcasting.Join(call, shownName, left.Dims.Take(left.Rank - 2).ToArray(), right.Dims.Take(right.Rank - 2).ToArray(), conflicts);
        if (conflicts.Count == 0) return leading;
        call.Report().Broadcast(shownName, call.Inputs[0], call.Inputs[1], conflicts, "make the leading dimensions equal, or one of the sizes 1", call.Proofs.Facts);
        return null;
    }
}
