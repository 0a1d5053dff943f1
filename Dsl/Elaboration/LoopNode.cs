using Dlm.Dsl.Shapes;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Elaboration;

/// <summary>
/// A <c>scan</c> or <c>while</c>: a body that runs once a step, with state that it hands on. Its layers belong to the module that
/// it stands in, so that every step uses the same.
/// </summary>
public sealed class LoopNode : Node
{
    internal LoopNode(
        LoopSteps steps, IReadOnlyList<GraphValue> first, Region body, IReadOnlyList<GraphValue> inputs, IReadOnlyList<TensorType> collected, string name, TextSpan span, string origin)
        : base(name, null, span, inputs)
    {
        Steps = steps;
        First = first;
        Body = body;
        var states = body.Inputs.Skip(body.Inputs.Count - first.Count).ToArray();
        Outputs = [.. collected.Select(type => new GraphValue(type, origin, this)), .. states.Select(s => new GraphValue(s.Type, origin, this))];
    }

    /// <summary>What it runs over.</summary>
    public LoopSteps Steps { get; }

    /// <summary>The first value of each state.</summary>
    public IReadOnlyList<GraphValue> First { get; }

    /// <summary>
    /// A step: from the slice of the sequence, where there is one, and the states to the next states and what is collected.
    /// </summary>
    public Region Body { get; }

    /// <summary>The states in the body.</summary>
    public IEnumerable<GraphValue> States => Body.Inputs.Skip(Body.Inputs.Count - First.Count);

    /// <summary>The slice in the body; null where it does not run over a tensor.</summary>
    public GraphValue? Slice => Steps.Sequence is null ? null : Body.Inputs[0];

    /// <summary>What is collected of each step, in the body.</summary>
    public IEnumerable<GraphValue> Yields => Body.Results.Skip(First.Count);

    /// <summary>What was collected of all steps, then the states after the last.</summary>
    public override IReadOnlyList<GraphValue> Outputs { get; }

    /// <inheritdoc/>
    public override long Size => Body.Size + (Steps.Condition?.Size ?? 0);

    /// <inheritdoc/>
    public override IEnumerable<Region> Regions => InlineRegions;

    /// <inheritdoc/>
    public override IEnumerable<Region> InlineRegions => Steps.Condition is { } condition ? [condition, Body] : [Body];

    /// <summary>The sizes that decide how many steps there are, where no tensor does.</summary>
    public IEnumerable<string> CountMentions => Steps.Sequence is null ? Steps.Start.Symbols.Concat(Steps.End.Symbols).Select(s => s.Name) : [];

    /// <inheritdoc/>
    public override IEnumerable<string> Mentions => InlineRegions.SelectMany(r => MentionsOf(r.Nodes)).Except([Steps.Counter]).Concat(CountMentions);
}

/// <summary>How many steps a loop has.</summary>
/// <param name="Counter">The number of the step, by its name in the body; not used where it runs over a tensor.</param>
/// <param name="Start">The first number.</param>
/// <param name="End">The number after the last; of a <c>while</c> the most there can be.</param>
/// <param name="Sequence">The tensor that is sliced; null where there is none.</param>
/// <param name="Axis">The dimension that is sliced, or along which what is collected is put together.</param>
/// <param name="Condition">What decides before each step whether there is one; null for a <c>scan</c>.</param>
public sealed record LoopSteps(string Counter, Dim Start, Dim End, GraphValue? Sequence, int Axis, Region? Condition);
