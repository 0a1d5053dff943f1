using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Elaboration;

/// <summary>A computation in a graph.</summary>
public abstract class Node
{
    private protected Node(string name, string? key, TextSpan span, IReadOnlyList<GraphValue> inputs)
    {
        Name = name;
        Key = key;
        Span = span;
        Inputs = inputs;
    }

    /// <summary>What it is called in C# and in messages: the stage's name, or the operator's.</summary>
    public string Name { get; }

    /// <summary>Its part of the checkpoint's keys; null where it has nothing to keep.</summary>
    public string? Key { get; }

    /// <summary>Its place in the <c>.dlm</c> file.</summary>
    public TextSpan Span { get; }

    /// <summary>What flows in.</summary>
    public IReadOnlyList<GraphValue> Inputs { get; }

    /// <summary>What flows out.</summary>
    public abstract IReadOnlyList<GraphValue> Outputs { get; }

    /// <summary>The only output.</summary>
    public GraphValue Output => Outputs[0];

    /// <summary>The first call of a shared layer, whose module this one calls again; null where it has its own.</summary>
    public Node? SharesWith { get; init; }

    /// <summary>The parameters and buffers it keeps itself, in PyTorch's order.</summary>
    public virtual IReadOnlyList<Weight> Weights => [];

    /// <summary>Whether its outputs are new tensors, to be disposed after their last use.</summary>
    public virtual bool OwnsOutputs => true;

    /// <summary>How many nodes it stands for, itself included.</summary>
    public virtual long Size => 1;

    /// <summary>What runs inside of it and is written in the same class or in one nested there.</summary>
    public virtual IEnumerable<Region> Regions => [];

    /// <summary>What runs inside of it as a part of the same <c>forward</c>.</summary>
    public virtual IEnumerable<Region> InlineRegions => [];

    /// <summary>The parameters and open sizes that its construction or its call mentions.</summary>
    public abstract IEnumerable<string> Mentions { get; }

    /// <summary>The sizes of tensors that it is called with: they are read when it runs.</summary>
    public virtual IEnumerable<DimSymbol> RuntimeSizes => [];

    private protected static IEnumerable<DimSymbol> SizesIn(IEnumerable<StaticValue> values) =>
        values.SelectMany(Condition.SymbolsOf).Where(s => s.Kind == DimSymbolKind.Input).GroupBy(s => s.Name).Select(g => g.First());

    private protected static IReadOnlyList<GraphValue> OutputsLike(IReadOnlyList<GraphValue> results, Node producer, string? origin) =>
        results.Select(r => new GraphValue(r.Type, origin ?? r.Origin, producer)).ToArray();

    private protected static IEnumerable<string> MentionsOf(IEnumerable<Node> nodes) => nodes.SelectMany(n => n.Mentions);

    private protected static IEnumerable<string> MentionsOf(StaticValue value) =>
        Condition.SymbolsOf(value).Select(s => s.Name).Concat(value.Parameters);
}

/// <summary>An operator with its arguments.</summary>
public sealed class OperatorNode : Node
{
    private readonly OperatorCall call;
    private Dim? macs;

    internal OperatorNode(OperatorCall call, IReadOnlyList<TensorType> types, string origin, string name, string? key, TextSpan span)
        : base(name, key, span, call.Inputs)
    {
        this.call = call;
        Outputs = types.Select(type => new GraphValue(type, origin, this)).ToArray();
        Weights = call.Operator.Weights(call);
        CSharp = call.Operator.CSharp(call);
        // A weight that does not fit into 64 bits is found here, where the model is being elaborated.
        foreach (var weight in Weights) _ = weight.Count;
    }

    /// <summary>The row of the operator table.</summary>
    public Operator Operator => call.Operator;

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Outputs { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Weight> Weights { get; }

    /// <summary>Multiply-accumulates for the whole output.</summary>
    public Dim Macs => macs ??= Operator.Macs(call, Output.Type);

    /// <summary>How it is written in C#.</summary>
    public CSharpForm CSharp { get; }

    /// <summary>The value of an argument, its default where it was left out; null where it has neither.</summary>
    public StaticValue? Argument(string name) => call.Value(name);

    /// <summary>The tensors by port, null where a port has none.</summary>
    public IReadOnlyList<GraphValue?> Tensors => call.Tensors;

    /// <summary>Whether it is a module, which is made once with its sizes.</summary>
    public bool IsLayer => CSharp.Kind == CSharpFormKind.Layer;

    /// <summary>The number that stands in the place of the tensor of a port; null where there is none.</summary>
    public StaticValue? NumberAt(int port) => Tensors[port] is null && port < Operator.Ports.Count ? call.Value(Operator.Ports[port].Name) : null;

    /// <inheritdoc/>
    public override IEnumerable<DimSymbol> RuntimeSizes => IsLayer ? [] : SizesIn(Values);

    /// <inheritdoc/>
    public override IEnumerable<string> Mentions => Values.SelectMany(MentionsOf);

    private IEnumerable<StaticValue> Values =>
        CSharp.Arguments.Select(a => a.Value).Concat(Enumerable.Range(0, Tensors.Count).Select(NumberAt)).Where(v => v is not null)!;
}

/// <summary>A module of its own with stages inside.</summary>
public abstract class ModuleNode : Node
{
    private protected ModuleNode(Region body, IReadOnlyList<GraphValue> inputs, string? origin, string name, string? key, TextSpan span)
        : base(name, key, span, inputs)
    {
        Body = body;
        Outputs = OutputsLike(body.Results, this, origin);
    }

    /// <summary>Its stages.</summary>
    public Region Body { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Outputs { get; }

    /// <inheritdoc/>
    public override long Size => Body.Size;
}

/// <summary>A named or numbered group of stages, or a call of a block that takes blocks: what it becomes depends on them, so it has no class of its own.</summary>
public sealed class GroupNode(Region body, IReadOnlyList<GraphValue> inputs, string name, string? key, TextSpan span)
    : ModuleNode(body, inputs, null, name, key, span)
{
    /// <summary>The file of its stages, where that is another: it is the body of a block that was given a block.</summary>
    public SourceText? Source { get; init; }

    /// <summary>The device that it is placed on; null where it stays with what it is a part of.</summary>
    public Placement? Place { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<Region> Regions => [Body];

    /// <inheritdoc/>
    public override IEnumerable<string> Mentions => MentionsOf(Body.Nodes).Concat(Body.Init.SelectMany(r => r.Value.Arguments).SelectMany(MentionsOf)).Concat(Place is { } place ? MentionsOf(place.Index) : []);
}

/// <summary>A call of a block or model.</summary>
/// <param name="template">The block with everything open: what its class is written from.</param>
/// <param name="arguments">Each of its parameters with its value here.</param>
/// <param name="sizes">Each dimension that its inputs bind with its size here.</param>
/// <param name="body">The block with these arguments.</param>
/// <param name="tensors">What flows in, by input; null where an optional one is left out.</param>
/// <param name="origin">Where its outputs come from, as messages say it.</param>
/// <param name="name">The stage's name.</param>
/// <param name="key">Its key.</param>
/// <param name="span">Its place.</param>
public sealed class BlockNode(
    ElaboratedBlock template,
    IReadOnlyDictionary<string, StaticValue> arguments,
    IReadOnlyDictionary<string, Dim> sizes,
    Region body,
    IReadOnlyList<GraphValue?> tensors,
    string origin,
    string name,
    string? key,
    TextSpan span) : ModuleNode(body, tensors.Where(t => t is not null).ToArray()!, origin, name, key, span)
{
    /// <summary>What flows in, by input; null where an optional one is left out.</summary>
    public IReadOnlyList<GraphValue?> Tensors { get; } = tensors;

    /// <summary>The block with everything open: what its class is written from.</summary>
    public ElaboratedBlock Template { get; } = template;

    /// <summary>What its constructor is called with: the sizes that it needs to know, then its parameters.</summary>
    public IEnumerable<StaticValue> ConstructorArguments =>
        Template.Sizes.Select(size => (StaticValue)new IntValue(sizes[size])).Concat(Template.OpenParameters.Select(p => arguments[p.Name]));

    /// <inheritdoc/>
    public override IEnumerable<string> Mentions => ConstructorArguments.SelectMany(MentionsOf);
}

/// <summary>A loop whose count or whose body's sizes depend on the counter; with known sizes it is unrolled to a <see cref="GroupNode"/>.</summary>
public sealed class RepeatNode : Node
{
    internal RepeatNode(
        string counter, Dim start, Dim end, IReadOnlyList<CarriedSize> carried, Region turn, TensorType result,
        IReadOnlyList<GraphValue> inputs, string name, string? key, TextSpan span, string origin)
        : base(name, key, span, inputs)
    {
        Counter = counter;
        Start = start;
        End = end;
        Carried = carried;
        Turn = turn;
        Outputs = [new GraphValue(result, origin, this)];
    }

    /// <summary>What the keys of the turns begin with, before the counter's value; null where they are numbers from zero.</summary>
    public string? TurnName { get; init; }

    /// <summary>The counter's name in the body.</summary>
    public string Counter { get; }

    /// <summary>Its first value.</summary>
    public Dim Start { get; }

    /// <summary>The value after its last.</summary>
    public Dim End { get; }

    /// <summary>The sizes that change from turn to turn.</summary>
    public IReadOnlyList<CarriedSize> Carried { get; }

    /// <summary>One turn: a single module.</summary>
    public Region Turn { get; }

    /// <inheritdoc/>
    public override IEnumerable<Region> Regions => [Turn];

    /// <summary>The module of a turn.</summary>
    public Node Stage => Turn.Nodes[0];

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Outputs { get; }

    /// <summary>Whether all turns begin with the same parameters.</summary>
    public bool IsAlike { get; init; }

    /// <summary>Whether what a turn computes is forgotten, and computed again in the backward pass.</summary>
    public bool IsCheckpointed { get; init; }

    /// <summary>The carried sizes that a turn's module is made with.</summary>
    public IEnumerable<CarriedSize> NeededSizes => Carried.Where(c => Stage.Mentions.Contains(c.Name));

    /// <inheritdoc/>
    public override IEnumerable<string> Mentions
    {
        get
        {
            var inside = MentionsOf(Turn.Nodes).Concat(NeededSizes.SelectMany(c => c.Next.Symbols.Select(s => s.Name)));
            var bound = Carried.Select(c => c.Name).Append(Counter);
            return inside.Except(bound)
                .Concat(Start.Symbols.Concat(End.Symbols).Concat(NeededSizes.SelectMany(c => c.First.Symbols)).Select(s => s.Name));
        }
    }
}

/// <summary>A size that changes from turn to turn.</summary>
/// <param name="Position">Which dimension it is.</param>
/// <param name="Name">What it is called in the turn.</param>
/// <param name="First">What it is in the first.</param>
/// <param name="Next">What it is in the next, over this turn's.</param>
public sealed record CarriedSize(int Position, string Name, Dim First, Dim Next);

/// <summary>A choice that the constructor makes, because its condition is open until then, or the call, by whether an optional input is given.</summary>
public sealed class IfNode : Node
{
    internal IfNode(
        StaticValue? condition, IReadOnlyList<GraphValue> given, Region whenTrue, Region whenFalse, IReadOnlyList<TensorType> results, IReadOnlyList<GraphValue> inputs, TextSpan span,
        string origin)
        : base("choice", null, span, inputs)
    {
        Condition = condition;
        Given = given;
        WhenTrue = whenTrue;
        WhenFalse = whenFalse;
        Outputs = [.. results.Select(result => new GraphValue(result, origin, this))];
    }

    /// <summary>The condition; null where an input decides.</summary>
    public StaticValue? Condition { get; }

    /// <summary>The optional inputs that decide by being there, all of them; none where a condition does.</summary>
    public IReadOnlyList<GraphValue> Given { get; }

    /// <summary>What runs where it holds; its inputs are those of the node.</summary>
    public Region WhenTrue { get; }

    /// <summary>What runs where it does not.</summary>
    public Region WhenFalse { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Outputs { get; }

    /// <inheritdoc/>
    public override IEnumerable<Region> Regions => InlineRegions;

    /// <inheritdoc/>
    public override IEnumerable<Region> InlineRegions => [WhenTrue, WhenFalse];

    /// <inheritdoc/>
    public override IEnumerable<string> Mentions => (Condition is null ? [] : MentionsOf(Condition)).Concat(MentionsOf(WhenTrue.Nodes)).Concat(MentionsOf(WhenFalse.Nodes));
}
