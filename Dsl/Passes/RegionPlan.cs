using Dlm.Dsl.Elaboration;

namespace Dlm.Dsl.Passes;

/// <summary>How a node runs: what it may overwrite, and what nothing needs after it.</summary>
/// <param name="Node">The node.</param>
/// <param name="InPlace">Whether it overwrites its input, which nothing needs afterwards.</param>
/// <param name="Dead">The values to dispose after it.</param>
public sealed record PlannedNode(Node Node, bool InPlace, IReadOnlyList<GraphValue> Dead);

/// <summary>
/// Decides for a region when each temporary dies. It is disposed right after its last use, so that in inference no more lives
/// than the graph needs; with gradients libtorch keeps what backward needs by itself.
/// </summary>
public static class RegionPlan
{
    /// <summary>The nodes of <paramref name="region"/> in order.</summary>
    public static IReadOnlyList<PlannedNode> Of(Region region)
    {
        var lastUse = new Dictionary<GraphValue, int>();
        for (var i = 0; i < region.Nodes.Count; i++)
        {
            lastUse[region.Nodes[i].Output] = i;
            lastUse[region.Nodes[i].Input] = i;
        }
        var planned = new List<PlannedNode>();
        for (var i = 0; i < region.Nodes.Count; i++)
        {
            var node = region.Nodes[i];
            var inPlace = CanOverwrite(node) && lastUse[node.Input] == i && node.Input != region.Result;
            var dead = new[] { node.Input, node.Output }
                .Where(v => lastUse[v] == i && v != region.Input && v != region.Result && !(inPlace && v == node.Input));
            planned.Add(new PlannedNode(node, inPlace, dead.ToArray()));
        }
        return planned;
    }

    // Only what an operator of this region made, and does not need for its own gradient, is free to be overwritten.
    private static bool CanOverwrite(Node node) =>
        node is OperatorNode { Operator.InPlaceMethod: not null }
        && node.Input.Producer is OperatorNode { Operator: { SavesOutput: false, IsView: false } };
}
