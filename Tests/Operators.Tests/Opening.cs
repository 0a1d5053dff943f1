using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Text;

namespace Dlm.Operators.Tests;

/// <summary>Puts names in the place of the numbers of a call, and the numbers back.</summary>
/// <param name="kind">Who would give the sizes of the inputs their values.</param>
/// <param name="opensArguments">Whether whole numbers among the arguments become parameters, too.</param>
internal sealed class Opening(DimSymbolKind kind, bool opensArguments)
{
    private readonly Dictionary<string, long> values = new(StringComparer.Ordinal);

    /// <summary>The type of the tensor at a port with names for its sizes; a 1 that may be broadcast is a rank's, not a size's.</summary>
    public TensorType Open(Draw draw, int port) =>
        draw.Tensors[port]!.WithDims(draw.Tensors[port]!.Dims.Select((dim, d) => (draw.Tensors.Count > 1 || draw.Row.Name == "expand") && dim.Value == 1 ? dim : Open($"D{port}_{d}", dim, kind)));

    /// <summary>The arguments with names for their numbers.</summary>
    public Dictionary<string, StaticValue> Arguments(Draw draw)
    {
        var arguments = draw.Arguments();
        // A place that is written as negative counts from the end, an open one from the front.
        var given = draw.Given.Where(g => opensArguments && !(draw.Row.Name is "select" or "slice" && g.Value is IntValue { Dim.Value: < 0 }));
        foreach (var (name, value) in given) arguments[name] = Open(name, value, draw.Row.Arguments.Any(a => a.Name == name && a.Kind == ArgumentKind.Sizes));
        return arguments;
    }

    /// <summary>The sizes with names of their own, with others for their numbers.</summary>
    public Dictionary<string, Dim> Named(Draw draw) =>
        draw.Named.ToDictionary(n => n.Name, n => opensArguments ? Open($"named_{n.Name}", n.Size, DimSymbolKind.Parameter) : n.Size);

    /// <summary>The size with every number back in its place.</summary>
    public Dim Close(Dim size) => size.Substitute(symbol => values.TryGetValue(symbol.Name, out var value) ? value : null);

    /// <summary>Whether a claim holds for the numbers.</summary>
    public bool Holds(StaticValue claim) =>
        claim.Substitute(name => values.TryGetValue(name, out var value) ? new IntValue(value) : null) is BoolValue { Value: true };

    // Among sizes, one to be worked out, or to stay, is no number.
    private StaticValue Open(string name, StaticValue value, bool isSize) => value switch
    {
        IntValue { Dim.Value: -1 } when isSize => value,
        IntValue one => new IntValue(Open(name, one.Dim, DimSymbolKind.Parameter)),
        ListValue list => new ListValue(list.Items.Select((item, i) => Open($"{name}_{i}", item, isSize)).ToEquatableArray()),
        _ => value,
    };

    private Dim Open(string name, Dim size, DimSymbolKind kind)
    {
        values[name] = size.Value!.Value;
        return Dim.Symbol(name, kind);
    }
}
