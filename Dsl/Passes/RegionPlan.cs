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
            foreach (var value in region.Nodes[i].Outputs) lastUse[value] = i;
            foreach (var value in region.Nodes[i].Inputs.Where(lastUse.ContainsKey)) lastUse[value] = i;
        }
        foreach (var result in region.Results) lastUse.Remove(result);
        var lastRead = LastReads(region, lastUse);

        var planned = new List<PlannedNode>();
        for (var i = 0; i < region.Nodes.Count; i++)
        {
            var node = region.Nodes[i];
            var inPlace = CanOverwrite(node) && lastUse.ContainsKey(node.Inputs[0]) && lastRead[node.Inputs[0]] == i && !node.Inputs.Skip(1).Contains(node.Inputs[0]);
            var dead = node.Inputs.Skip(inPlace ? 1 : 0).Concat(node.Outputs).Distinct().Where(v => lastUse.TryGetValue(v, out var use) && use == i);
            planned.Add(new PlannedNode(node, inPlace, dead.ToArray()));
        }
        return planned;
    }

    // The memory of a value is read as long as something that may share it is: a view, or what a module gives back of its input.
    private static Dictionary<GraphValue, int> LastReads(Region region, Dictionary<GraphValue, int> lastUse)
    {
        var lastRead = lastUse.ToDictionary(pair => pair.Key, pair => pair.Value);
        foreach (var node in region.Nodes.Reverse().Where(n => n is not OperatorNode { Operator.IsView: false }))
        {
            var read = node.Outputs.Max(output => lastRead.TryGetValue(output, out var use) ? use : int.MaxValue);
            foreach (var input in node.Inputs.Where(lastRead.ContainsKey)) lastRead[input] = Math.Max(lastRead[input], read);
        }
        return lastRead;
    }

    // Only what an operator of this region made, and does not need for its own gradient, is free to be overwritten; and only by
    // something of the same shape and element type.
    private static bool CanOverwrite(Node node) =>
        node is OperatorNode { Operator.InPlaceMethod: not null, CSharp.Kind: not Operators.CSharpFormKind.InfixReversed }
        && node.Inputs[0].Type.Equals(node.Output.Type)
        && node.Inputs[0].Producer is OperatorNode { Operator: { SavesOutput: false, IsView: false } };
}
