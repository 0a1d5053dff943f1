using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Elaboration;

/// <summary>A tensor in a graph: where it comes from and what is known of it.</summary>
public sealed class GraphValue(TensorType type, string origin, Node? producer = null, string? name = null)
{
    /// <summary>Its shape and element type.</summary>
    public TensorType Type { get; } = type;

    /// <summary>Where it comes from, as messages say it: "input x", "conv2, line 11".</summary>
    public string Origin { get; } = origin;

    /// <summary>The node that computes it; null for an input.</summary>
    public Node? Producer { get; } = producer;

    /// <summary>The same tensor as what flows into a module of its own, by default of the same type.</summary>
    internal GraphValue AsInput(TensorType? type = null) => new(type ?? Type, Origin, null, Name);

    /// <summary>What the file calls it; null where it has no name.</summary>
    public string? Name { get; set; } = name;
}

/// <summary>
/// A straight-line piece of a graph: its nodes in order, from what flows in to what flows out. A region may be part of several
/// graphs: a block that is called twice with the same arguments is elaborated once.
/// </summary>
public sealed class Region
{
    internal Region(IReadOnlyList<GraphValue> inputs, IReadOnlyList<Node> nodes, IReadOnlyList<GraphValue> results)
    {
        Inputs = inputs;
        Nodes = nodes;
        Results = results;
        var size = 1L;
        foreach (var node in nodes) size = Math.Min(int.MaxValue, size + node.Size);
        Size = size;
    }

    /// <summary>What flows in.</summary>
    public IReadOnlyList<GraphValue> Inputs { get; }

    /// <summary>The nodes, each after those it needs.</summary>
    public IReadOnlyList<Node> Nodes { get; }

    /// <summary>What flows out: outputs of nodes, or the inputs themselves.</summary>
    public IReadOnlyList<GraphValue> Results { get; }

    /// <summary>How many nodes there are with all that are inside of others; no more than <see cref="int.MaxValue"/>.</summary>
    public long Size { get; }

    /// <summary>Every node of the class that is written from it: those of groups, loops and choices, but not of other blocks.</summary>
    public IEnumerable<Node> AllNodes() => Nodes.SelectMany(n => n.Regions.SelectMany(r => r.AllNodes()).Prepend(n));

    /// <summary>The operators of it and of every module in it, with their full keys.</summary>
    public IEnumerable<(string Key, OperatorNode Node)> Operators(string prefix = "")
    {
        foreach (var node in Nodes)
        {
            var key = node.Key is null ? prefix : prefix.Length == 0 ? node.Key : $"{prefix}.{node.Key}";
            if (node is OperatorNode op) yield return (key, op);
            if (node is not ModuleNode module) continue;
            foreach (var inner in module.Body.Operators(key)) yield return inner;
        }
    }
}
