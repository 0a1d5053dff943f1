using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Analysis;

/// <summary>What a stage costs, all that is inside of it included. Null where an open size decides.</summary>
/// <param name="Parameters">How many numbers it trains.</param>
/// <param name="Buffers">How many numbers it keeps beside them.</param>
/// <param name="Macs">Multiply-accumulates of its convolutions and matrix products, for the whole batch.</param>
/// <param name="ActivationBytes">The bytes of the tensors it makes; none where it overwrites its input or only looks at it in another shape.</param>
public sealed record StageCost(long? Parameters, long? Buffers, long? Macs, long? ActivationBytes)
{
    /// <summary>Nothing.</summary>
    public static StageCost None { get; } = new(0, 0, 0, 0);

    /// <summary>Both together.</summary>
    public static StageCost operator +(StageCost a, StageCost b) =>
        new(a.Parameters + b.Parameters, a.Buffers + b.Buffers, a.Macs + b.Macs, a.ActivationBytes + b.ActivationBytes);

    /// <summary>The cost of running <paramref name="times"/> times: nothing more is kept.</summary>
    public StageCost Repeated(long? times) => this with { Macs = Macs * times, ActivationBytes = ActivationBytes * times };
}

/// <summary>A line of a model's table: a stage with what is inside of it.</summary>
/// <param name="Label">Its part of the checkpoint's keys, or the stage's name where it keeps nothing.</param>
/// <param name="Key">The full key; null where it keeps nothing.</param>
/// <param name="Kind">The operator, the block, or what else it is: <c>group</c>, <c>repeat</c>, <c>choice</c>.</param>
/// <param name="Text">The operator or block with its arguments.</param>
/// <param name="Outputs">What flows out.</param>
/// <param name="Cost">What it costs.</param>
/// <param name="Stages">What is inside of it.</param>
/// <param name="Times">How many stages of this form stand in a row, as <see cref="StageTree.Folded"/> makes one line of them.</param>
public sealed record Stage(
    string Label, string? Key, string Kind, string Text, IReadOnlyList<TensorType> Outputs, StageCost Cost, IReadOnlyList<Stage> Stages, int Times = 1)
{
    /// <summary>The node that it shows; null for a whole model.</summary>
    public Node? Node { get; init; }

    /// <summary>What flows in.</summary>
    public IReadOnlyList<TensorType> Inputs { get; init; } = [];
}
