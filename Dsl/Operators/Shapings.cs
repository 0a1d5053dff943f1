using Dlm.Dsl.Shapes;
using static Dlm.Dsl.Operators.Row;

namespace Dlm.Dsl.Operators;

/// <summary>Changes of shape.</summary>
internal static class Shapings
{
    public static IReadOnlyList<Operator> Rows { get; } =
    [
        new("flatten", OperatorGroup.Shape, "Makes one dimension of those from start to end; without arguments all but the batch.")
        {
            Arguments = [Int("start", 1, minimum: long.MinValue), Int("end", -1, minimum: long.MinValue)],
            Type = FlattenType,
            CSharp = call => Method("flatten", Arg(call.Int("start"), 0), Arg(call.Int("end"), -1)),
            IsView = true,
        },
    ];

    private static TensorType? FlattenType(OperatorCall call)
    {
        var rank = call.Input.Rank;
        if (Position(call, "start") is not { } start || Position(call, "end") is not { } end) return null;
        if (start > end)
        {
            call.Report("end").ArgumentOutOfRange("end", $"{end}", $"not before start, which is {start}");
            return null;
        }
        var dims = call.Input.Dims;
        var flat = dims.Skip(start).Take(end - start + 1).Aggregate(Dim.One, (a, b) => a * b);
        return call.Input.WithDims([.. dims.Take(start), flat, .. dims.Skip(end + 1)]);

        int? Position(OperatorCall of, string name)
        {
            if (of.Int(name).Value is not { } index)
            {
                of.Report(name).ArgumentOutOfRange(name, of.Int(name).ToString(), "a number that is known at build time");
                return null;
            }
            if (index >= -rank && index < rank) return (int)(index < 0 ? index + rank : index);
            of.Report(of.Value(name) is null ? null : name).ArgumentOutOfRange(name, $"{index}", $"a dimension of {of.Input}, {-rank} to {rank - 1}");
            return null;
        }
    }
}
