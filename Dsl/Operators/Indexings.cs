using Dlm.Dsl.Shapes;
using static Dlm.Dsl.Operators.Row;

namespace Dlm.Dsl.Operators;

/// <summary>Parts of a tensor: what <c>x[:, -1]</c> and <c>x[:, a:b]</c> are made of.</summary>
internal static class Indexings
{
    public static IReadOnlyList<Operator> Rows { get; } =
    [
        new("select", OperatorGroup.Shape, "The slice at a place of a dimension, which goes away: x[:, 0] is select(1, 0).")
        {
            Arguments = [Int("dim", minimum: long.MinValue), Int("index", minimum: long.MinValue)],
            Type = SelectType,
            CSharp = call => Method("select", Arg(call.Int("dim")), Arg(call.Int("index"))),
            IsView = true,
        },
        new("slice", OperatorGroup.Shape, "The places from start to before end of a dimension, each step-th of them: x[:, 2:8] is slice(1, 2, 8).")
        {
            Arguments = [Int("dim", minimum: long.MinValue), Int("start", 0, minimum: long.MinValue) with { IsStricter = true }, Int("end", minimum: long.MinValue) with { IsOptional = true, IsStricter = true }, Int("step", 1)],
            Type = SliceType,
            CSharp = call => Method("slice", Arg(call.Int("dim")), Arg(call.Int("start")), call.Value("end") is { } end ? Arg(end) : Code("long.MaxValue"), Arg(call.Int("step"))),
            IsView = true,
        },
        new("index", OperatorGroup.Shape, "The slices of a dimension at the places that a tensor of whole numbers names: x[:, places] is index(x, places, dim: 1).")
        {
            Ports = [new("input"), new("places")],
            Arguments = [Int("dim", 0, minimum: long.MinValue)],
            Type = IndexType,
            CSharp = call =>
            {
                var leading = string.Concat(Enumerable.Repeat("global::TorchSharp.torch.TensorIndex.Colon, ", call.Position("dim")!.Value));
                return Template($"$input.index({leading}global::TorchSharp.torch.TensorIndex.Tensor($places))");
            },
        },
    ];

    private static TensorType? SelectType(OperatorCall call)
    {
        if (call.Position("dim") is not { } at) return null;
        var (size, index) = (call.Input[at], call.Int("index"));
        var place = FromStart(call, index, size);
        if (place.Value < 0 || (size - place).Value < 1)
        {
            call.Report("index").ArgumentOutOfRange("the index", $"{index}", $"a place of dimension {at} of {call.Input}, -{size} to {size - 1}");
            return null;
        }
        call.Proofs.AtLeast(place, 0, $"select: the index must be a place of dimension {at} of {call.Input}");
        call.Proofs.AtLeast(size - place, 1, $"select: the index must be a place of dimension {at} of {call.Input}");
        return call.Input.WithDims(call.Input.Dims.Where((_, i) => i != at));
    }

    private static TensorType? SliceType(OperatorCall call)
    {
        if (call.Position("dim") is not { } at) return null;
        var size = call.Input[at];
        var start = FromStart(call, call.Int("start"), size);
        var end = call.Value("end") is IntValue { Dim: var given } ? FromStart(call, given, size) : size;
        if (start.Value < 0 || (size - start).Value < 0 || end.Value < 0 || (size - end).Value < 0)
        {
            call.Report(end.Value < 0 || (size - end).Value < 0 ? "end" : "start").ArgumentOutOfRange("the slice", $"{start}:{end}", $"within 0 to {size}, the size of dimension {at} of {call.Input}");
            return null;
        }
        if ((end - start).Value is < 0)
        {
            call.Report("end").ArgumentOutOfRange("the slice", $"{start}:{end}", "one that begins before it ends");
            return null;
        }
        call.Proofs.AtLeast(start, 0, $"slice: it must begin inside dimension {at} of {call.Input}");
        call.Proofs.AtLeast(size - end, 0, $"slice: it must end inside dimension {at} of {call.Input}");
        call.Proofs.AtLeast(end - start, 0, "slice: it must begin before it ends");
        var step = call.Int("step");
        if (step.Value < 1)
        {
            call.Report("step").ArgumentOutOfRange("the step", step.ToString(), "at least 1");
            return null;
        }
        call.Proofs.AtLeast(step, 1, "slice: its step must be at least 1");
        var count = Dim.CeilingDivide(end - start, step);
        return call.Input.WithDims(call.Input.Dims.Select((dim, i) => i == at ? count : dim));
    }

    // -1 is the last place, and -n the n-th before the end.
    private static Dim FromStart(OperatorCall call, Dim place, Dim size)
    {
        if (place.Value == 0 || !place.Terms.All(term => term.Coefficient < 0)) return place;
        call.Proofs.AtLeast(place * -1, 1, $"{call.Operator.Name}: {place} must be before the end");
        return size + place;
    }

    private static TensorType? IndexType(OperatorCall call)
    {
        if (call.Position("dim") is not { } at) return null;
        var places = call.Inputs[1];
        if (places.Type.Element != ElementType.Int)
        {
            call.Report().WrongElementType("index", "an int tensor of places", places.Type, places.Origin);
            return null;
        }
        return call.Input.WithDims([.. call.Input.Dims.Take(at), .. places.Type.Dims, .. call.Input.Dims.Skip(at + 1)]);
    }
}
