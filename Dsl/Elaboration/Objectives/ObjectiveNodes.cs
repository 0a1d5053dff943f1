using Dlm.Dsl.Shapes;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Elaboration;

/// <summary>A call of one of an objective's networks.</summary>
public sealed class NetworkNode : ModuleNode
{
    internal NetworkNode(ObjectiveNetwork network, Region body, IReadOnlyList<GraphValue?> tensors, string origin, TextSpan span)
        : base(body, tensors.Where(t => t is not null).ToArray()!, origin, network.Name, null, span)
    {
        Network = network;
        Tensors = tensors;
    }

    /// <summary>The network.</summary>
    public ObjectiveNetwork Network { get; }

    /// <summary>What flows in, by input; null where an optional one is left out.</summary>
    public IReadOnlyList<GraphValue?> Tensors { get; }

    /// <inheritdoc/>
    public override IEnumerable<string> Mentions => [];
}

/// <summary><c>minimize generator: loss</c>: one step of the networks' parameters, and of no others.</summary>
public sealed class MinimizeNode : Node
{
    internal MinimizeNode(IReadOnlyList<ObjectiveNetwork> networks, GraphValue loss, GradientLimits limits, TextSpan span)
        : base("minimize", null, span, [loss])
    {
        Networks = networks;
        Limits = limits;
    }

    /// <summary>The networks.</summary>
    public IReadOnlyList<ObjectiveNetwork> Networks { get; }

    /// <summary>What is minimised.</summary>
    public GraphValue Loss => Inputs[0];

    /// <summary>How large the gradient may be.</summary>
    public GradientLimits Limits { get; }

    /// <summary>Whether a later step needs a part of the same graph.</summary>
    public bool KeepsGraph { get; internal set; }

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Outputs => [];

    /// <inheritdoc/>
    public override IEnumerable<string> Mentions => [.. Limits.Norm is { } norm ? MentionsOf(norm) : [], .. Limits.Value is { } value ? MentionsOf(value) : []];
}

/// <summary>How large a gradient may be; null stands for no limit.</summary>
/// <param name="Norm">The largest norm of the whole.</param>
/// <param name="Value">The largest size of each number of it.</param>
public sealed record GradientLimits(StaticValue? Norm, StaticValue? Value);

/// <summary>How parameters change without a gradient.</summary>
public enum UpdateKind
{
    /// <summary>They become those of another network.</summary>
    Copy,

    /// <summary>They move towards those of another network.</summary>
    Average,

    /// <summary>They are brought between two bounds.</summary>
    Clamp,
}

/// <summary><c>copy a -> b</c>, <c>ema a -> b, 0.99</c> or <c>clamp a, 0.01</c>.</summary>
public sealed class UpdateNode : Node
{
    internal UpdateNode(UpdateKind kind, ObjectiveNetwork source, ObjectiveNetwork target, StaticValue? argument, TextSpan span)
        : base("update", null, span, [])
    {
        Kind = kind;
        Source = source;
        Target = target;
        Argument = argument;
    }

    /// <summary>What is done.</summary>
    public UpdateKind Kind { get; }

    /// <summary>The network that is read.</summary>
    public ObjectiveNetwork Source { get; }

    /// <summary>The network that changes; for a clamp the same.</summary>
    public ObjectiveNetwork Target { get; }

    /// <summary>How much stays, or the largest value.</summary>
    public StaticValue? Argument { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Outputs => [];

    /// <inheritdoc/>
    public override IEnumerable<string> Mentions => Argument is null ? [] : MentionsOf(Argument);
}

/// <summary><c>every 1000: ...</c>: what only some steps do.</summary>
public sealed class EveryNode : Node
{
    internal EveryNode(StaticValue period, Region body, TextSpan span)
        : base("every", null, span, body.Free().ToArray())
    {
        Period = period;
        Body = body;
    }

    /// <summary>After how many steps.</summary>
    public StaticValue Period { get; }

    /// <summary>What is done then.</summary>
    public Region Body { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Outputs => [];

    /// <inheritdoc/>
    public override IEnumerable<Region> Regions => InlineRegions;

    /// <inheritdoc/>
    public override IEnumerable<Region> InlineRegions => [Body];

    /// <inheritdoc/>
    public override IEnumerable<string> Mentions => MentionsOf(Period).Concat(MentionsOf(Body.Nodes));
}

/// <summary>A new value for a buffer of the objective, which the next step finds.</summary>
public sealed class CarryNode : Node
{
    internal CarryNode(string name, GraphValue value, TextSpan span)
        : base(name, null, span, [value])
    {
    }

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Outputs => [];

    /// <inheritdoc/>
    public override IEnumerable<string> Mentions => [];
}

/// <summary><c>metric accuracy = ...</c> or <c>output errors = ...</c>: what a step gives.</summary>
public sealed class FigureNode : Node
{
    internal FigureNode(string name, GraphValue value, TextSpan span)
        : base(name, null, span, [value])
    {
    }

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Outputs => [];

    /// <inheritdoc/>
    public override IEnumerable<string> Mentions => [];
}

/// <summary><c>gradient(score, x)</c>: the gradient of the sum of the first by the second, through which a loss can be minimised.</summary>
public sealed class GradientNode : Node
{
    internal GradientNode(GraphValue of, GraphValue by, TextSpan span, string origin)
        : base("gradient", null, span, [of, by])
    {
        Outputs = [new GraphValue(by.Type, origin, this)];
    }

    /// <summary>What is differentiated.</summary>
    public GraphValue Of => Inputs[0];

    /// <summary>By what.</summary>
    public GraphValue By => Inputs[1];

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Outputs { get; }

    /// <inheritdoc/>
    public override IEnumerable<string> Mentions => [];
}
