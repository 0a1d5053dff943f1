using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Elaboration;

/// <summary>A <c>param</c> or <c>buffer</c>: a tensor that the module itself keeps, registered under its name.</summary>
public sealed class StateNode : Node
{
    internal StateNode(string name, TensorType type, bool isBuffer, FirstValue first, TextSpan span, string origin)
        : base(name, null, span, [])
    {
        IsBuffer = isBuffer;
        First = first;
        Outputs = [new GraphValue(type, origin, this, name)];
        Weights = [new Weight(name, type.Dims.ToArray(), isBuffer)];
        _ = Weights[0].Count;
    }

    /// <summary>Whether it is kept but not trained.</summary>
    public bool IsBuffer { get; }

    /// <summary>How it begins.</summary>
    public FirstValue First { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Outputs { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Weight> Weights { get; }

    /// <inheritdoc/>
    public override bool OwnsOutputs => false;

    /// <inheritdoc/>
    public override IEnumerable<Region> Regions => First.Computed is { } region ? [region] : [];

    /// <inheritdoc/>
    public override IEnumerable<string> Mentions =>
        Output.Type.Dims.SelectMany(d => d.Symbols).Select(s => s.Name)
            .Concat(First.Drawn is { } drawn ? drawn.Arguments.SelectMany(MentionsOf) : [])
            .Concat(First.Computed is { } region ? MentionsOf(region.Nodes) : []);
}

/// <summary>How a parameter or buffer begins: drawn by an initialiser, or computed once.</summary>
/// <param name="Drawn">The initialiser; null where it is computed.</param>
/// <param name="Computed">The stages that compute it; null where an initialiser draws it.</param>
public sealed record FirstValue(Initialization? Drawn, Region? Computed);

/// <summary>A parameter or buffer of another stage, read where it is used.</summary>
public sealed class WeightNode : Node
{
    internal WeightNode(string key, Weight weight, TextSpan span, string origin)
        : base(key, null, span, [])
    {
        IsBuffer = weight.IsBuffer;
        Outputs = [new GraphValue(new TensorType(weight.Dims), origin, this)];
    }

    /// <summary>Whether it is a buffer.</summary>
    public bool IsBuffer { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Outputs { get; }

    /// <inheritdoc/>
    public override bool OwnsOutputs => false;

    /// <inheritdoc/>
    public override IEnumerable<string> Mentions => [];
}
