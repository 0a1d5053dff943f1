using Dlm.Dsl.Elaboration;

namespace Dlm.Dsl.Passes;

/// <summary>The parameters of a network that a gradient of some of its outputs reaches. Loops are taken to pass on everything.</summary>
internal sealed class ReachedWeights
{
    private readonly HashSet<string> keys = new(StringComparer.Ordinal);
    private readonly HashSet<(Region Region, string Prefix, GraphValue Value)> seen = [];

    /// <summary>The keys reached so far.</summary>
    public ISet<string> Keys => keys;

    /// <summary>Follows a gradient of <paramref name="results"/> back through a region; gives the inputs of it that it reaches.</summary>
    public HashSet<GraphValue> Follow(Region region, IEnumerable<GraphValue> results, string prefix = "")
    {
        var reached = new HashSet<GraphValue>();
        var open = new Stack<GraphValue>(results.Where(GradientFlow.IsSmooth));
        while (open.Count > 0)
        {
            var value = open.Pop();
            if (!reached.Add(value) || value.Producer is not { } node) continue;
            foreach (var next in Through(node, value, prefix)) open.Push(next);
        }
        return reached;
    }

    private IEnumerable<GraphValue> Through(Node node, GraphValue output, string prefix)
    {
        var key = node.Key is null ? prefix : prefix.Length == 0 ? node.Key : $"{prefix}.{node.Key}";
        if (node is WeightNode { IsBuffer: false }) keys.Add(prefix.Length == 0 ? node.Name : $"{prefix}.{node.Name}");
        foreach (var weight in node.Weights.Where(w => !w.IsBuffer)) keys.Add(key.Length == 0 ? weight.Name : $"{key}.{weight.Name}");
        if (node is ModuleNode module)
        {
            var index = module.Outputs.ToList().IndexOf(output);
            var result = module.Body.Results[index];
            if (!seen.Add((module.Body, key, result))) return node.Inputs;
            var inside = Follow(module.Body, [result], key);
            return module.Inputs.Zip(module.Body.Inputs, (outer, inner) => (outer, inner)).Where(pair => inside.Contains(pair.inner)).Select(pair => pair.outer);
        }
        foreach (var inner in node.Regions) AddAll(inner, node.InlineRegions.Contains(inner) ? prefix : key);
        return GradientFlow.PassedOn(node).Concat(node.InlineRegions.SelectMany(r => r.Results));
    }

    private void AddAll(Region region, string prefix)
    {
        foreach (var leaf in region.Leaves(prefix))
        {
            foreach (var weight in leaf.Node.Weights.Where(w => !w.IsBuffer)) keys.Add(leaf.Key.Length == 0 ? weight.Name : $"{leaf.Key}.{weight.Name}");
        }
    }
}
