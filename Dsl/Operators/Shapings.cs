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
        new("squeeze", OperatorGroup.Shape, "Drops a dimension of size 1.")
        {
            Arguments = [Int("dim", minimum: long.MinValue) with { IsStricter = true }],
            Type = SqueezeType,
            CSharp = call => Method("squeeze", Arg(call.Int("dim"))),
            IsView = true,
        },
        new("unsqueeze", OperatorGroup.Shape, "Puts in a dimension of size 1.")
        {
            Arguments = [Int("dim", minimum: long.MinValue)],
            Type = call => call.Position("dim", room: 1) is { } at
                ? call.Input.WithDims([.. call.Input.Dims.Take(at), Dim.One, .. call.Input.Dims.Skip(at)])
                : null,
            CSharp = call => Method("unsqueeze", Arg(call.Int("dim"))),
            IsView = true,
        },
        new("transpose", OperatorGroup.Shape, "Swaps two dimensions.")
        {
            Arguments = [Int("a", minimum: long.MinValue), Int("b", minimum: long.MinValue)],
            Type = call =>
            {
                if (call.Position("a") is not { } a || call.Position("b") is not { } b) return null;
                return call.Input.WithDims(call.Input.Dims.Select((dim, i) => i == a ? call.Input[b] : i == b ? call.Input[a] : dim));
            },
            CSharp = call => Method("transpose", Arg(call.Int("a")), Arg(call.Int("b"))),
            IsView = true,
        },
        new("permute", OperatorGroup.Shape, "Puts the dimensions into another order: permute(0, 2, 3, 1).")
        {
            Arguments = [Sizes("dims", minimum: long.MinValue)],
            Type = call => call.Order("dims") is { } order ? call.Input.WithDims(order.Select(i => call.Input[i])) : null,
            CSharp = call => Method("permute", Array("long", call.Sizes("dims"))),
            IsView = true,
        },
        new("unflatten", OperatorGroup.Shape, "Makes several dimensions of one; a size of -1 is worked out: unflatten(1, 8, -1).")
        {
            Arguments = [Int("dim", minimum: long.MinValue), Sizes("sizes", minimum: -1)],
            Type = UnflattenType,
            CSharp = call => Method("unflatten", Arg(call.Int("dim")), Array("long", call.Sizes("sizes"))),
            IsView = true,
        },
    ];

    private static TensorType? SqueezeType(OperatorCall call)
    {
        if (call.Position("dim") is not { } at) return null;
        if (call.Proofs.AreEqual(call.Input[at], Dim.One, "squeeze needs a dimension of size 1"))
            return call.Input.WithDims(call.Input.Dims.Where((_, i) => i != at));
        call.Report("dim").ArgumentOutOfRange("dim", $"{call.Int("dim")}", $"a dimension of size 1, which of {call.Input} it is not");
        return null;
    }

    private static TensorType? UnflattenType(OperatorCall call)
    {
        if (call.Position("dim") is not { } at) return null;
        var (size, sizes) = (call.Input[at], call.Sizes("sizes"));
        var known = sizes.Where(s => s.Value != -1).ToArray();
        var product = known.Aggregate(Dim.One, (a, b) => a * b);
        if (sizes.Length - known.Length > 1 || known.Any(s => s.Value == 0))
        {
            call.Report("sizes").ArgumentOutOfRange("sizes", call.Value("sizes")!.ToString()!, "sizes of which at most one is -1, to be worked out, and none is 0");
            return null;
        }
        if (known.Length < sizes.Length)
        {
            if (!call.NeedsDivisible(size, product, $"places of dimension {at}", "the product of the sizes", "sizes")) return null;
        }
        else if (!call.Proofs.AreEqual(product, size, $"unflatten needs sizes of which the product is {size}"))
        {
            call.Report("sizes").ArgumentOutOfRange("sizes", call.Value("sizes")!.ToString()!, $"sizes of which the product is {size}, dimension {at} of {call.Input}");
            return null;
        }
        var parts = sizes.Select(s => s.Value == -1 ? Dim.FloorDivide(size, product) : s);
        return call.Input.WithDims([.. call.Input.Dims.Take(at), .. parts, .. call.Input.Dims.Skip(at + 1)]);
    }

    private static int[]? Order(this OperatorCall call, string argument)
    {
        var (sizes, rank) = (call.Sizes(argument), call.Input.Rank);
        var order = sizes.Select(s => s.Value is { } i && i >= -rank && i < rank ? (int)(i < 0 ? i + rank : i) : -1).ToArray();
        if (order.Length == rank && order.Distinct().Count() == rank && !order.Contains(-1)) return order;
        call.Report(argument).ArgumentOutOfRange(argument, call.Value(argument)!.ToString()!, $"every dimension of {call.Input}, 0 to {rank - 1}, once");
        return null;
    }

    private static TensorType? FlattenType(OperatorCall call)
    {
        if (call.Position("start") is not { } start || call.Position("end") is not { } end) return null;
        if (start > end)
        {
            call.Report("end").ArgumentOutOfRange("end", $"{end}", $"not before start, which is {start}");
            return null;
        }
        var dims = call.Input.Dims;
        var flat = dims.Skip(start).Take(end - start + 1).Aggregate(Dim.One, (a, b) => a * b);
        return call.Input.WithDims([.. dims.Take(start), flat, .. dims.Skip(end + 1)]);
    }
}
