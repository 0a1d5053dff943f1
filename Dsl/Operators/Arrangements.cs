using Dlm.Dsl.Shapes;
using static Dlm.Dsl.Operators.Row;

namespace Dlm.Dsl.Operators;

/// <summary>The same values in another order, or more than once.</summary>
internal static class Arrangements
{
    public static IReadOnlyList<Operator> Rows { get; } =
    [
        Reshape("reshape", "The same values in other sizes; one of -1 is worked out: reshape(-1, 4, 8)."),
        Reshape("view", "reshape by its other name."),
        new("expand", OperatorGroup.Shape, "Repeats what has size 1 without copying it; -1 keeps a size: expand(-1, 4, -1).")
        {
            Arguments = [Sizes("sizes", minimum: -1) with { IsStricter = true }],
            Type = ExpandType,
            CSharp = call => Method("expand", Array("long", call.Sizes("sizes"))),
            IsView = true,
        },
        new("tile", OperatorGroup.Shape, "The whole tensor so many times along each dimension, counted from the last: tile(2, 1).")
        {
            Arguments = [Sizes("counts", minimum: 1)],
            Type = call =>
            {
                var (counts, dims) = (call.Sizes("counts"), call.Input.Dims);
                var rank = Math.Max(counts.Length, dims.Count);
                return call.Input.WithDims(Enumerable.Range(1, rank).Reverse().Select(i => (i <= dims.Count ? call.Input[-i] : 1) * (i <= counts.Length ? counts[counts.Length - i] : 1)));
            },
            CSharp = call => Method("tile", Array("long", call.Sizes("counts"))),
        },
        new("repeat_interleave", OperatorGroup.Shape, "Each slice of a dimension so many times, one behind the other.")
        {
            Arguments = [Int("count"), Int("dim", minimum: long.MinValue)],
            Type = call => call.Position("dim") is { } at ? call.Input.WithDims(call.Input.Dims.Select((dim, i) => i == at ? dim * call.Int("count") : dim)) : null,
            CSharp = call => Method("repeat_interleave", Arg(call.Int("count")), Arg(call.Int("dim"))),
        },
        new("flip", OperatorGroup.Shape, "The order along some dimensions turned round.")
        {
            Arguments = [IntOrList("dim", minimum: long.MinValue)],
            Type = call => call.Positions("dim") is null ? null : call.Input,
            CSharp = call => Method("flip", Array("long", call.Sizes("dim"))),
        },
        new("roll", OperatorGroup.Shape, "Moves what lies along some dimensions on by shift places; what falls off the end comes back at the beginning.")
        {
            Arguments = [IntOrList("shift", minimum: long.MinValue), IntOrList("dim", minimum: long.MinValue)],
            Type = call =>
            {
                if (call.Positions("dim") is not { } dims) return null;
                if (call.Sizes("shift").Length == dims.Length) return call.Input;
                call.Report("shift").ArgumentOutOfRange("shift", call.Value("shift")!.ToString()!, $"a number for each dimension, {dims.Length} of them");
                return null;
            },
            CSharp = call => Method("roll", Array("long", call.Sizes("shift")), Array("long", call.Sizes("dim"))),
        },
        new("movedim", OperatorGroup.Shape, "Puts a dimension in another place; the others keep their order.")
        {
            Arguments = [Int("from", minimum: long.MinValue), Int("to", minimum: long.MinValue)],
            Type = call =>
            {
                if (call.Position("from") is not { } from || call.Position("to") is not { } to) return null;
                var dims = call.Input.Dims.ToList();
                dims.RemoveAt(from);
                dims.Insert(to, call.Input[from]);
                return call.Input.WithDims(dims);
            },
            CSharp = call => Method("movedim", Array("long", call.Int("from")), Array("long", call.Int("to"))),
            IsView = true,
        },
        new("narrow", OperatorGroup.Shape, "A stretch of a dimension: length places from start on.")
        {
            Arguments = [Int("dim", minimum: long.MinValue), Int("start", minimum: 0), Int("length")],
            Type = call =>
            {
                if (call.Position("dim") is not { } at) return null;
                var (start, length) = (call.Int("start"), call.Int("length"));
                if (!call.NeedsRoom("length", call.Input[at] - start - length, 0, $"no more than is left of dimension {at} of {call.Input} behind start, {call.Input[at] - start}")) return null;
                return call.Input.WithDims(call.Input.Dims.Select((dim, i) => i == at ? length : dim));
            },
            CSharp = call => Method("narrow", Arg(call.Int("dim")), Arg(call.Int("start")), Arg(call.Int("length"))),
            IsView = true,
        },
        Triangle("tril", "The last two dimensions with zeros above a diagonal; 0 is the main one, 1 the next above."),
        Triangle("triu", "The last two dimensions with zeros below a diagonal; 0 is the main one, 1 the next above."),
        new("diagonal", OperatorGroup.Shape, "The diagonal of square matrices: [..., n, n] to [..., n]; 1 is the one above the main one.")
        {
            Arguments = [Int("offset", 0, minimum: long.MinValue) with { IsStricter = true }],
            Type = call =>
            {
                if (!NeedsSquare(call)) return null;
                if (call.Int("offset").Value is not { } offset)
                {
                    call.Report("offset").ArgumentOutOfRange("offset", call.Int("offset").ToString(), "a number that is known at build time");
                    return null;
                }
                var length = call.Input[-1] - Math.Abs(offset);
                return call.NeedsRoom("offset", length, 1, $"less than the size, {call.Input[-1]}, and more than its negative") ? call.Input.WithDims([.. call.Input.Dims.Take(call.Input.Rank - 2), length]) : null;
            },
            CSharp = call => Method("diagonal", Arg(call.Int("offset")), Code("-2"), Code("-1")),
            IsView = true,
        },
        new("one_hot", OperatorGroup.Shape, "Each index as a row of zeros with a 1 at its place: int[B] to int[B, classes].")
        {
            Arguments = [Int("classes")],
            Type = call => call.NeedsInt() ? call.Input.WithDims([.. call.Input.Dims, call.Int("classes")]) : null,
            CSharp = call => Function("one_hot", Arg(call.Int("classes"))),
        },
    ];

    /// <summary>Whether the last two dimensions are equal; reports it where not.</summary>
    public static bool NeedsSquare(OperatorCall call)
    {
        const string Needed = "square matrices [..., n, n]";
        if (!call.NeedsRank(2, Needed)) return false;
        if (call.Proofs.AreEqual(call.Input[-2], call.Input[-1], $"{call.Operator.Name} needs square matrices")) return true;
        call.Report().WrongRank(call.Operator.Name, Needed, call.Input, call.Origin);
        return false;
    }

    private static Operator Reshape(string name, string summary) => new(name, OperatorGroup.Shape, summary)
    {
        Arguments = [Sizes("sizes", minimum: -1) with { IsStricter = true }],
        Type = ReshapeType,
        CSharp = call => Method("reshape", Array("long", call.Sizes("sizes"))),
        IsView = true,
    };

    private static Operator Triangle(string name, string summary) => new(name, OperatorGroup.Shape, summary)
    {
        Arguments = [Int("diagonal", 0, minimum: long.MinValue)],
        Type = call => call.NeedsRank(2, "matrices [..., rows, columns]") ? call.Input : null,
        CSharp = call => Method(name, Arg(call.Int("diagonal"), 0)),
    };

    private static TensorType? ReshapeType(OperatorCall call)
    {
        var (sizes, count) = (call.Sizes("sizes"), call.Input.Count);
        var known = sizes.Where(s => s.Value != -1).ToArray();
        var product = known.Aggregate(Dim.One, (a, b) => a * b);
        if (sizes.Length - known.Length > 1 || known.Any(s => s.Value == 0))
        {
            call.Report("sizes").ArgumentOutOfRange("sizes", call.Value("sizes")!.ToString()!, "sizes of which at most one is -1, to be worked out, and none is 0");
            return null;
        }
        foreach (var size in known) call.Proofs.AtLeast(size, 1, $"{call.Operator.Name}: every size must be at least 1");
        if (known.Length < sizes.Length)
        {
            if (!call.NeedsDivisible(count, product, $"values of {call.Input}", "the product of the sizes", "sizes")) return null;
        }
        else if (!call.Proofs.AreEqual(product, count, $"{call.Operator.Name} needs sizes of which the product is {count}"))
        {
            call.Report("sizes").ArgumentOutOfRange("sizes", call.Value("sizes")!.ToString()!, $"sizes of which the product is {count}, what {call.Input} holds");
            return null;
        }
        return call.Input.WithDims(sizes.Select(s => s.Value == -1 ? Dim.FloorDivide(count, product) : s));
    }

    private static TensorType? ExpandType(OperatorCall call)
    {
        var (sizes, dims) = (call.Sizes("sizes"), new List<Dim>());
        for (var i = 0; i < sizes.Length; i++)
        {
            var at = i - sizes.Length + call.Input.Rank;
            var own = at < 0 ? null : call.Input[at];
            var (size, fits) = (sizes[i], true);
            if (size.Value == 0 || sizes.Length < call.Input.Rank) fits = false;
            else if (own is null) fits = size.Value != -1;
            else if (size.Value != -1 && own.Value != 1) fits = call.Proofs.AreEqual(size, own, $"expand needs {size} to be {own}: only what has size 1 is repeated");
            if (!fits)
            {
                call.Report("sizes").ArgumentOutOfRange("sizes", call.Value("sizes")!.ToString()!, $"the sizes of {call.Input}, with others where it has 1, and more before them");
                return null;
            }
            if (size.Value != -1) call.Proofs.AtLeast(size, 1, "expand: every size must be at least 1");
            dims.Add(size.Value == -1 ? own! : size);
        }
        return call.Input.WithDims(dims);
    }
}
