using Dlm.Dsl.Analysis;
using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Shapes;

namespace Dlm.Testing.Graphs;

/// <summary>Finds how large the indices may be that flow into a graph: less than the rows of every table that they look up.</summary>
internal static class IndexRange
{
    /// <summary>The least number that is too large; 2 where no table says, which suits classes and flags.</summary>
    public static long Of(Region body, GraphValue input, SizeTable sizes)
    {
        var range = long.MaxValue;
        Follow(body, [input], _ => null);
        return range == long.MaxValue ? 2 : Math.Max(1, range);

        void Follow(Region region, HashSet<GraphValue> indices, Func<DimSymbol, Dim?> parameters)
        {
            foreach (var node in region.Nodes)
            {
                if (node is OperatorNode { Operator.Name: "embedding" or "one_hot" } table && table.Inputs.Any(indices.Contains))
                {
                    var name = table.Operator.Arguments[0].Name;
                    if (table.Argument(name) is IntValue count && sizes.Count(count.Dim.Substitute(parameters)) is { } rows) range = Math.Min(range, rows);
                }
                foreach (var inner in node.Inside()) Follow(inner, [.. indices, .. Within(node, inner, indices)], node is NetworkNode { Network: var network } ? Defaults(network) : parameters);
                // What is cut out of indices or put together from them is indices.
                if (node.Inputs.Any(indices.Contains)) indices.UnionWith(node.Outputs.Where(o => o.Type.Element == ElementType.Int));
            }
        }
    }

    /// <summary>The sizes that a network is made with, where nobody says otherwise.</summary>
    public static Func<DimSymbol, Dim?> Defaults(ObjectiveNetwork network) =>
        symbol => network.Model.OpenParameters.FirstOrDefault(p => p.Name == symbol.Name)?.Default is IntValue value ? value.Dim : null;

    // A module sees what flows in under names of its own, and a loop a slice of it.
    private static IEnumerable<GraphValue> Within(Node node, Region inner, HashSet<GraphValue> indices)
    {
        if (node is LoopNode { Slice: { } slice, Steps.Sequence: { } sequence } && indices.Contains(sequence)) yield return slice;
        if (node is not ModuleNode and not RepeatNode) yield break;
        foreach (var (outside, inside) in node.Inputs.Zip(inner.Inputs))
        {
            if (indices.Contains(outside)) yield return inside;
        }
    }
}
