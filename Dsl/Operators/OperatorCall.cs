using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Operators;

/// <summary>
/// A call of an operator as its rules see it: the tensor that flows in, every argument with its default filled in, and
/// where to complain.
/// </summary>
internal sealed class OperatorCall(
    Operator @operator,
    IReadOnlyList<GraphValue?> tensors,
    IReadOnlyDictionary<string, StaticValue> arguments,
    Func<string?, TextSpan> spanOf,
    ProofContext proofs)
{
    public Operator Operator { get; } = @operator;

    /// <summary>A call that the compiler makes itself, with these arguments and the defaults of the others.</summary>
    public static OperatorCall Of(Operator row, IReadOnlyList<GraphValue?> tensors, IEnumerable<(string Name, StaticValue Value)> arguments, TextSpan span, ProofContext proofs)
    {
        var values = row.Arguments.Where(a => a.Default is not null).ToDictionary(a => a.Name, a => a.Default!, StringComparer.Ordinal);
        foreach (var (name, value) in arguments) values[name] = value;
        return new OperatorCall(row, tensors, values, _ => span, proofs);
    }

    /// <summary>The tensor of each port, null where it has none; of a variadic operator each of its tensors.</summary>
    public IReadOnlyList<GraphValue?> Tensors { get; } = tensors;

    /// <summary>The tensors that flow in.</summary>
    public IReadOnlyList<GraphValue> Inputs { get; } = tensors.Where(t => t is not null).ToArray()!;

    /// <summary>Sizes with names of their own, where the operator takes such.</summary>
    public IReadOnlyDictionary<string, Dim> NamedSizes { get; init; } = new Dictionary<string, Dim>();

    /// <summary>Whether a rule named a dimension from the front of a tensor with any number of them.</summary>
    public bool CountsFromFront { get; set; }

    /// <summary>The first tensor that flows in.</summary>
    public TensorType Input => Inputs[0].Type;

    /// <summary>Where it comes from: "input x" or "conv2, line 11".</summary>
    public string Origin => Inputs[0].Origin;

    public ProofContext Proofs { get; } = proofs;

    /// <summary>The same call with other tensors and proofs.</summary>
    public OperatorCall With(Func<GraphValue, GraphValue> tensor, ProofContext others) =>
        new(Operator, Tensors.Select(t => t is null ? null : tensor(t)).ToArray(), arguments, spanOf, others) { NamedSizes = NamedSizes };

    /// <summary>The types of the outputs; null where the rules reported an error.</summary>
    public IReadOnlyList<TensorType>? OutputTypes() =>
        Operator.Types is { } several ? several(this) : Operator.Type(this) is { } one ? [one] : null;

    /// <summary>The tensor of a port, or null.</summary>
    public GraphValue? Port(string name)
    {
        for (var i = 0; i < Tensors.Count && i < Operator.Ports.Count; i++)
        {
            if (Operator.Ports[i].Name == name) return Tensors[i];
        }
        return null;
    }

    /// <summary>An argument; also a number that stands in the place of a tensor.</summary>
    public StaticValue? Value(string name) => arguments.TryGetValue(name, out var value) ? value : null;

    public Dim Int(string name) => ((IntValue)arguments[name]).Dim;

    public string Text(string name) => ((StringValue)arguments[name]).Value;

    /// <summary>The whole numbers of an argument that takes one or several.</summary>
    public Dim[] Sizes(string name) => arguments[name] is ListValue list ? list.Items.Select(i => ((IntValue)i).Dim).ToArray() : [Int(name)];

    /// <summary>A switch; one that is an open parameter counts as on.</summary>
    public bool IsOn(string name) => arguments[name] is not BoolValue { Value: false };

    public DiagnosticBuilder Report(string? argument = null) => Proofs.Diagnostics.At(spanOf(argument));

    /// <summary>Whether the input is a float tensor of one of <paramref name="ranks"/>; reports it where not.</summary>
    public bool NeedsFloat(string needed, params int[] ranks)
    {
        if (Input.Element is not (ElementType.Float or ElementType.Float64))
        {
            Report().WrongElementType(Operator.Name, "a float tensor", Input, Origin);
            return false;
        }
        if (ranks.Length == 0 || ranks.Contains(Input.Rank)) return true;
        Report().WrongRank(Operator.Name, needed, Input, Origin);
        return false;
    }

    /// <summary>Whether the input is a float tensor of at least so many dimensions, and no more than <paramref name="most"/>; reports it where not.</summary>
    public bool NeedsFloatOf(int fewest, string needed, int most = int.MaxValue) => NeedsFloat(needed) && NeedsRank(fewest, needed, most);

    /// <summary>Whether the input has at least so many dimensions, and no more than <paramref name="most"/>; reports it where not.</summary>
    public bool NeedsRank(int fewest, string needed, int most = int.MaxValue)
    {
        if (Input.Rank >= fewest && Input.Rank <= most) return true;
        Report().WrongRank(Operator.Name, needed, Input, Origin);
        return false;
    }

    /// <summary>Whether the input holds numbers; reports it where not.</summary>
    public bool NeedsNumbers()
    {
        if (Input.Element != ElementType.Bool) return true;
        Report().WrongElementType(Operator.Name, "a tensor of numbers", Input, Origin);
        return false;
    }

    /// <summary>Whether a switch is known when a model is compiled, because it decides on the shape; reports it where not.</summary>
    public bool NeedsKnown(string name)
    {
        if (Value(name) is BoolValue) return true;
        Report(name).ArgumentOutOfRange(name, Value(name)!.ToString()!, "true or false, known at build time");
        return false;
    }

    /// <summary>Whether a number is at least, or with <paramref name="isMore"/> more than, some other; one that is open is taken to be. Reports it where not.</summary>
    public bool NeedsAtLeast(string name, double least, bool isMore = false)
    {
        if (Value(name) is not FloatValue number || (isMore ? number.Value > least : number.Value >= least)) return true;
        Report(name).ArgumentOutOfRange(name, number.ToString(), $"{(isMore ? "more than" : "at least")} {new FloatValue(least)}");
        return false;
    }

    /// <summary>
    /// Whether what an argument leaves is at least some size; reported with what it must be where not, checked when the module is made or
    /// called where it is open.
    /// </summary>
    public bool NeedsRoom(string name, Dim room, long least, string needed)
    {
        if (room.Value < least)
        {
            Report(name).ArgumentOutOfRange(name, Value(name)!.ToString()!, needed);
            return false;
        }
        Proofs.AtLeast(room, least, $"{Operator.Name}: {name} must be {needed}");
        return true;
    }

    /// <summary>Whether a text is one of those that its argument takes; reports it where not.</summary>
    public bool NeedsWord(string name)
    {
        var words = Operator.Arguments.Single(a => a.Name == name).Words ?? [];
        if (Value(name) is StringValue text && words.Contains(text.Value)) return true;
        Report(name).ArgumentOutOfRange(name, Value(name)!.ToString()!, string.Join(" or ", words.Select(word => $"\"{word}\"")));
        return false;
    }

    /// <summary>Whether the input holds indices; reports it where not.</summary>
    public bool NeedsInt()
    {
        if (Input.Element == ElementType.Int) return true;
        Report().WrongElementType(Operator.Name, "an int tensor", Input, Origin);
        return false;
    }

    /// <summary>
    /// The dimension of the input that an argument names, counted from the start; null, and reported, where it has no such. With
    /// <paramref name="room"/> 1 the place behind the last counts too.
    /// </summary>
    public int? Position(string name, int room = 0) => PositionOf(name, Int(name), room);

    /// <summary>The dimensions of the input that an argument names, each once; all where it is left out. Null, and reported, where there are no such.</summary>
    public int[]? Positions(string name)
    {
        if (Value(name) is null) return [.. Enumerable.Range(0, Input.Rank)];
        var positions = new List<int>();
        foreach (var place in Sizes(name))
        {
            if (PositionOf(name, place, 0) is not { } position) return null;
            if (!positions.Contains(position))
            {
                positions.Add(position);
                continue;
            }
            Report(name).ArgumentOutOfRange(name, Value(name)!.ToString()!, "different dimensions");
            return null;
        }
        return [.. positions];
    }

    /// <summary>
    /// The same for one dimension that does not change the shape, so that it may be open: then the constructor checks it.
    /// </summary>
    public bool NeedsDimension(string name)
    {
        if (Int(name).Value is not null || Input.Rank == 0) return Position(name) is not null;
        Proofs.AtLeast(Int(name), -Input.Rank, $"{Operator.Name}: {name} must be at least {-Input.Rank}");
        Proofs.AtLeast(Int(name) * -1, 1 - Input.Rank, $"{Operator.Name}: {name} must be at most {Input.Rank - 1}");
        return true;
    }

    private int? PositionOf(string name, Dim place, int room)
    {
        var rank = Input.Rank + room;
        if (rank == 0)
        {
            Report().WrongRank(Operator.Name, "at least one dimension", Input, Origin);
            return null;
        }
        if (place.Value is not { } index)
        {
            Report(name).ArgumentOutOfRange(name, place.ToString(), "a number that is known at build time");
            return null;
        }
        if (index >= 0 && Input.HasAnyRank) CountsFromFront = true;
        if (index >= -rank && index < rank) return (int)(index < 0 ? index + rank : index);
        Report(name).ArgumentOutOfRange(name, $"{index}", $"a {(room == 0 ? "dimension" : "place in the shape")} of {Input}, {-rank} to {rank - 1}");
        return null;
    }

    /// <summary>Whether a width that a layer is made with is known when it is made; reports it where not.</summary>
    public bool NeedsKnownWidth(Dim width)
    {
        if (Proofs.Promote(width) is not { } open) return true;
        Report().InputSizeUnknown(Operator.Name, width, open);
        return false;
    }

    /// <summary>
    /// Whether <paramref name="size"/> can be a dimension: reported where it cannot, checked by the constructor where its
    /// parameters decide, left to the call where its inputs do.
    /// </summary>
    public bool NeedsPositive(Dim size, string dimension, string explanation)
    {
        if (size.Value is < 1)
        {
            Report().EmptyDimension(Operator.Name, dimension, size, Input, Origin, explanation);
            return false;
        }
        Proofs.AtLeast(size, 1, $"{Operator.Name}: its output's {dimension} must be at least 1");
        return true;
    }

    /// <summary>Whether <paramref name="divisor"/> divides <paramref name="size"/>.</summary>
    public bool NeedsDivisible(Dim size, Dim divisor, string sizeName, string divisorName, string argument)
    {
        if (divisor.Value is <= 0) return true;
        var rest = size % divisor;
        if (rest.Value is not null and not 0)
        {
            Report(argument).Indivisible(Operator.Name, sizeName, size, divisorName, divisor);
            return false;
        }
        Proofs.Zero(rest, $"{Operator.Name}: {divisorName} must divide {sizeName}");
        return true;
    }
}
