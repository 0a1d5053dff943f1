using Dlm.Dsl.Elaboration;

namespace Dlm.Dsl.Passes;

/// <summary>How a node runs: what it may overwrite, and what nothing needs after it.</summary>
/// <param name="Node">The node.</param>
/// <param name="InPlace">Whether it overwrites its first input, which nothing needs afterwards.</param>
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
        // What another region made is that region's to dispose.
        var lastUse = new Dictionary<GraphValue, int>();
        for (var i = 0; i < region.Nodes.Count; i++)
        {
            foreach (var value in region.Nodes[i].OwnsOutputs ? region.Nodes[i].Outputs : []) lastUse[value] = i;
            foreach (var value in region.Nodes[i].Inputs.Where(lastUse.ContainsKey)) lastUse[value] = i;
        }
        foreach (var result in region.Results) lastUse.Remove(result);
        var uses = region.Nodes.SelectMany(n => n.Inputs).GroupBy(v => v).ToDictionary(g => g.Key, g => g.Count());

        var planned = new List<PlannedNode>();
        for (var i = 0; i < region.Nodes.Count; i++)
        {
            var node = region.Nodes[i];
            // Whatever else read it may have kept it for its gradient, or be a view of it.
            var inPlace = CanOverwrite(node) && lastUse.ContainsKey(node.Inputs[0]) && uses[node.Inputs[0]] == 1;
            var dead = node.Inputs.Skip(inPlace ? 1 : 0).Concat(node.Outputs).Distinct().Where(v => lastUse.TryGetValue(v, out var use) && use == i);
            planned.Add(new PlannedNode(node, inPlace, dead.ToArray()));
        }
        return planned;
    }

    // Only what an operator of this region made, and does not need for its own gradient, is free to be overwritten; and only by
    // something of the same shape and element type.
    private static bool CanOverwrite(Node node) =>
        node is OperatorNode { Operator.InPlaceMethod: not null, Tensors: [not null, ..] }
        && node.Inputs[0].Type.Equals(node.Output.Type)
        && node.Inputs[0].Producer is OperatorNode { Operator: { SavesOutput: false, IsView: false } };
}
