using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Elaboration;

/// <summary>A declared model, checked: what its class is written from, and its graph with the default arguments, which is counted.</summary>
/// <param name="Class">The model with its parameters open.</param>
/// <param name="AtDefaults">The graph with the default arguments.</param>
public sealed record ElaboratedModel(ElaboratedBlock Class, Region AtDefaults)
{
    private Dim? parameterCount, macs;

    /// <summary>Its name.</summary>
    public string Name => Class.Name;

    /// <summary>
    /// How many parameters it trains, with the default arguments; null where a parameter without a default decides which stages
    /// there are.
    /// </summary>
    public Dim? ParameterCount => parameterCount ??= !IsCountable(AtDefaults) ? null :
        Sum(AtDefaults.Leaves().Where(l => !l.IsAgain).SelectMany(l => l.Node.Weights).Where(w => !w.IsBuffer).Select(w => w.Count));

    /// <summary>
    /// Multiply-accumulates of its convolutions and matrix products with the default arguments, for one sample: the first
    /// dimension of the input is 1 where it is open, and H and W are 224, the size that papers on images state it for. Null as for <see cref="ParameterCount"/>.
    /// </summary>
    public Dim? Macs => macs ??= !IsCountable(AtDefaults) ? null : Sum(MacsOfSample());

    /// <summary>Every key of the checkpoint with its shape, in PyTorch's order, with the default arguments.</summary>
    public IEnumerable<(string Key, Weight Weight)> State =>
        from leaf in AtDefaults.Leaves()
        where !leaf.IsAgain
        from weight in leaf.Node.Weights
        select (leaf.Key.Length == 0 ? weight.Name : $"{leaf.Key}.{weight.Name}", weight);

    // A block that is called twice with the same arguments is one piece of graph: its formulas are evaluated once.
    private IEnumerable<Dim> MacsOfSample()
    {
        var known = new Dictionary<OperatorNode, Dim>();
        foreach (var leaf in AtDefaults.Leaves())
        {
            if (leaf.Node is not OperatorNode node) continue;
            if (!known.TryGetValue(node, out var count)) known[node] = count = node.Macs.Substitute(OneSample);
            yield return leaf.Times.Value == 1 ? count : count * leaf.Times.Substitute(OneSample);
        }
    }

    /// <summary>The size that figures for one sample are stated with; null where there is none.</summary>
    internal Dim? OneSample(DimSymbol symbol)
    {
        if (AtDefaults.Inputs[0].Type is { Rank: > 0 } input && input[0].AsSymbol?.Name == symbol.Name) return Dim.One;
        return symbol is { Kind: DimSymbolKind.Input, Name: "H" or "W" } ? 224 : null;
    }

    private static bool IsCountable(Region region) =>
        region.Nodes.All(n => n is not (IfNode { Given.Count: 0 } or RepeatNode) && n.InlineRegions.All(IsCountable) && (n is not ModuleNode module || IsCountable(module.Body)));

    private static Dim Sum(IEnumerable<Dim> items)
    {
        // Most summands are plain numbers; sums of formulas are slow.
        var known = 0L;
        var open = Dim.Zero;
        foreach (var item in items)
        {
            if (item.Value is { } value) known = checked(known + value);
            else open += item;
        }
        return open + known;
    }
}
