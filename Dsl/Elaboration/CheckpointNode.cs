using Dlm.Dsl.Text;

namespace Dlm.Dsl.Elaboration;

/// <summary>
/// Stages whose activations are forgotten after the forward pass and computed again in the backward pass. They belong to the
/// module that they stand in, under its keys.
/// </summary>
public sealed class CheckpointNode : Node
{
    internal CheckpointNode(Region body, IReadOnlyList<GraphValue> inputs, TextSpan span)
        : base("checkpoint", null, span, inputs)
    {
        Body = body;
        Outputs = OutputsLike(body.Results, this, null);
    }

    /// <summary>The stages.</summary>
    public Region Body { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Outputs { get; }

    /// <inheritdoc/>
    public override long Size => Body.Size;

    /// <inheritdoc/>
    public override IEnumerable<Region> Regions => InlineRegions;

    /// <inheritdoc/>
    public override IEnumerable<Region> InlineRegions => [Body];

    /// <inheritdoc/>
    public override IEnumerable<string> Mentions => MentionsOf(Body.Nodes);
}
