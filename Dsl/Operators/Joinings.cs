using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Shapes;
using static Dlm.Dsl.Operators.Row;

namespace Dlm.Dsl.Operators;

/// <summary>What makes one tensor of several, and several of one.</summary>
internal static class Joinings
{
    // More outputs than a tuple would be read of.
    private const long MostParts = 64;

    public static IReadOnlyList<Operator> Rows { get; } =
    [
        new("concat", OperatorGroup.Shape, "Puts tensors one behind the other along a dimension.")
        {
            IsVariadic = true,
            Arguments = [Int("dim", minimum: long.MinValue)],
            Type = ConcatType,
            CSharp = call => new CSharpForm(CSharpFormKind.ArrayFunction, "cat", Arg(call.Int("dim"))),
        },
        new("stack", OperatorGroup.Shape, "Puts tensors of one shape side by side along a new dimension.")
        {
            IsVariadic = true,
            Arguments = [Int("dim", 0, minimum: long.MinValue)],
            Type = StackType,
            CSharp = call => new CSharpForm(CSharpFormKind.ArrayFunction, "stack", Arg(call.Int("dim"), 0)),
        },
        new("chunk", OperatorGroup.Shape, "Cuts a dimension into equal parts: (q, k, v) = chunk(qkv, 3).")
        {
            Arguments = [Int("parts"), Int("dim", -1, minimum: long.MinValue)],
            Types = call => Parts(call) is { } parts ? parts.Lengths.Select(l => Along(call, parts.At, l)).ToArray() : null,
            CSharp = call => Narrowed(call, Parts(call)!.Value),
            IsView = true,
        },
        new("split", OperatorGroup.Shape, "Cuts a dimension into parts of stated sizes: (mean, log_variance) = split(h, [20, 20]).")
        {
            Arguments = [IntOrList("sizes"), Int("dim", -1, minimum: long.MinValue)],
            Types = call => Pieces(call) is { } parts ? parts.Lengths.Select(l => Along(call, parts.At, l)).ToArray() : null,
            CSharp = call => Narrowed(call, Pieces(call)!.Value),
            IsView = true,
        },
        new("unbind", OperatorGroup.Shape, "Every slice along a dimension, which is gone from them.")
        {
            Arguments = [Int("dim", 0, minimum: long.MinValue)],
            Types = UnbindTypes,
            CSharp = call =>
            {
                var count = (int)call.Input[call.PositionIn("dim", call.Input, call.Origin)!.Value].Value!.Value;
                return Template(Tuple(Enumerable.Range(0, count).Select(i => $"$input.select($0, {i})")), Arg(call.Int("dim")));
            },
            IsView = true,
        },
    ];

    private static TensorType? ConcatType(OperatorCall call)
    {
        var first = call.Input;
        if (call.PositionIn("dim", first, call.Origin) is not { } along) return null;
        var sum = first[along];
        foreach (var other in call.Inputs.Skip(1))
        {
            var conflicts = other.Type.Rank != first.Rank
                ? [new SizeConflict("number of dimensions", first.Rank, other.Type.Rank)]
                : Enumerable.Range(0, first.Rank).Where(i => i != along && !call.AreEqual("concat", first[i], other.Type[i]))
                    .Select(i => SizeTrail.Conflict(Broadcasting.NameOf(i, first.Rank), call.Inputs[0], other, first.Rank - i)).ToArray();
            if (conflicts.Length > 0)
            {
                call.Report().Broadcast("concat", call.Inputs[0], other, conflicts, "bring them to one height and width before, with pad, stride or pooling", call.Proofs.Facts);
                return null;
            }
            sum += other.Type[along];
        }
        return new TensorType(Element(call), new(first.Dims.Select((d, i) => i == along ? sum : d).ToArray()));
    }

    private static TensorType? StackType(OperatorCall call)
    {
        var first = call.Input;
        var place = call.Int("dim");
        if (place.Value >= 0 && first.HasAnyRank) call.CountsFromFront = true;
        if (place.Value is not { } index || index < -first.Rank - 1 || index > first.Rank)
        {
            call.Report("dim").ArgumentOutOfRange("dim", place.ToString(), $"a place in the shape of {first}, {-first.Rank - 1} to {first.Rank}");
            return null;
        }
        foreach (var other in call.Inputs.Skip(1))
        {
            if (!call.NeedsShape(other, "each tensor", first.Dims.ToArray(), "concat takes tensors that differ along a dimension")) return null;
        }
        var at = (int)(index < 0 ? index + first.Rank + 1 : index);
        return new TensorType(Element(call), new([.. first.Dims.Take(at), Dim.Constant(call.Inputs.Count), .. first.Dims.Skip(at)]));
    }

    private static ElementType Element(OperatorCall call) => Broadcasting.Promote(call.Inputs.Select(i => i.Type).ToArray());

    private static (int At, Dim[] Lengths)? Parts(OperatorCall call)
    {
        if (call.PositionIn("dim", call.Input, call.Origin) is not { } at) return null;
        if (call.Int("parts").Value is not { } parts || parts > MostParts)
        {
            call.Report("parts").ArgumentOutOfRange("parts", call.Int("parts").ToString(), $"a number up to {MostParts} that is known at build time");
            return null;
        }
        var size = call.Input[at];
        if (!call.NeedsDivisible(size, parts, $"places of dimension {at}", "parts", "parts")) return null;
        return (at, Enumerable.Repeat(Dim.FloorDivide(size, parts), (int)parts).ToArray());
    }

    private static (int At, Dim[] Lengths)? Pieces(OperatorCall call)
    {
        if (call.PositionIn("dim", call.Input, call.Origin) is not { } at) return null;
        if (call.Value("sizes") is not ListValue)
        {
            call.Report("sizes").ArgumentOutOfRange("sizes", call.Int("sizes").ToString(), "a list with the size of each part; equal parts come of chunk");
            return null;
        }
        var (lengths, size) = (call.Sizes("sizes"), call.Input[at]);
        var sum = lengths.Aggregate(Dim.Zero, (a, b) => a + b);
        if (lengths.Length is > 0 and <= (int)MostParts && call.AreEqual("split", sum, size)) return (at, lengths);
        call.Report("sizes").ArgumentOutOfRange("sizes", call.Value("sizes")!.ToString()!, $"at most {MostParts} sizes of which the sum is {size}, as dimension {at} of {call.Input} has");
        return null;
    }

    private static TensorType[]? UnbindTypes(OperatorCall call)
    {
        if (call.PositionIn("dim", call.Input, call.Origin) is not { } at) return null;
        if (call.Input[at].Value is not { } count || count > MostParts)
        {
            call.Report().ArgumentOutOfRange($"the size of dimension {at}", call.Input[at].ToString(), $"a number up to {MostParts} that is known at build time");
            return null;
        }
        var slice = call.Input.WithDims(call.Input.Dims.Where((_, i) => i != at));
        return Enumerable.Repeat(slice, (int)count).ToArray();
    }

    private static TensorType Along(OperatorCall call, int at, Dim length) => call.Input.WithDims(call.Input.Dims.Select((d, i) => i == at ? length : d));

    // An array would have to be taken apart; each part is a view of its own.
    private static CSharpForm Narrowed(OperatorCall call, (int At, Dim[] Lengths) parts)
    {
        var arguments = new List<CSharpArgument> { Arg(call.Int("dim")) };
        var views = new List<string>();
        var start = Dim.Zero;
        foreach (var length in parts.Lengths)
        {
            views.Add($"$input.narrow($0, ${arguments.Count}, ${arguments.Count + 1})");
            arguments.Add(Arg(start));
            arguments.Add(Arg(length));
            start += length;
        }
        return Template(Tuple(views), [.. arguments]);
    }

    private static string Tuple(IEnumerable<string> parts) => parts.ToArray() is [var only] ? only : $"({string.Join(", ", parts)})";
}
