using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Elaboration;

/// <summary>A tensor in a graph: where it comes from and what is known of it.</summary>
public sealed class GraphValue(TensorType type, string origin, Node? producer = null, string? name = null)
{
    /// <summary>Whether it is an input that a call can leave out.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Its shape and element type.</summary>
    public TensorType Type { get; } = type;

    /// <summary>Where it comes from, as messages say it: "input x", "conv2, line 11".</summary>
    public string Origin { get; } = origin;

    /// <summary>The node that computes it; null for an input.</summary>
    public Node? Producer { get; } = producer;

    /// <summary>The same tensor as what flows into a module of its own, by default of the same type.</summary>
    internal GraphValue AsInput(TensorType? type = null, bool isGiven = false) => new(type ?? Type, Origin, null, Name) { IsOptional = IsOptional && !isGiven };

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

    /// <summary>The nodes in the order in which their modules are made: a layer where it is declared.</summary>
    public IReadOnlyList<Node> InOrder { get => field ?? Nodes; internal init; }

    /// <summary>How its parameters begin where not as their layers have it; of several rules for one the last counts.</summary>
    public IReadOnlyList<InitRule> Init { get; internal init; } = [];

    /// <summary>How many nodes there are with all that are inside of others; no more than <see cref="int.MaxValue"/>.</summary>
    public long Size { get; }

    /// <summary>The tensors from outside that it uses besides its inputs, where it is a part of another <c>forward</c>.</summary>
    internal IEnumerable<GraphValue> Free()
    {
        var inside = new HashSet<GraphValue>(Nodes.SelectMany(n => n.Outputs).Concat(Inputs));
        return Nodes.SelectMany(n => n.Inputs).Concat(Results).Where(v => !inside.Contains(v)).Distinct();
    }

    /// <summary>Every node of the class that is written from it: those of groups, loops and choices, but not of other blocks.</summary>
    public IEnumerable<Node> AllNodes() => Nodes.SelectMany(n => n.Regions.SelectMany(r => r.AllNodes()).Prepend(n));

    /// <summary>
    /// Every node of it and of every module in it, with its full key, and how often it runs: in a loop once a step. What a module
    /// keeps itself comes before what its parts keep.
    /// </summary>
    public IEnumerable<GraphLeaf> Leaves(string prefix = "") => Leaves(prefix, Dim.One, false);

    /// <summary>The operators among the leaves.</summary>
    public IEnumerable<(string Key, OperatorNode Node)> Operators() => Leaves().Where(l => l.Node is OperatorNode).Select(l => (l.Key, (OperatorNode)l.Node));

    private IEnumerable<GraphLeaf> Leaves(string prefix, Dim times, bool isAgain)
    {
        foreach (var node in Nodes.OfType<StateNode>()) yield return new GraphLeaf(prefix, node, times, isAgain);
        foreach (var node in InOrder.Where(n => n is not StateNode))
        {
            var key = node.Key is null ? prefix : prefix.Length == 0 ? node.Key : $"{prefix}.{node.Key}";
            var again = isAgain || node.SharesWith is not null;
            yield return new GraphLeaf(key, node, times, again);
            if (node is ModuleNode module)
            {
                foreach (var leaf in module.Body.Leaves(key, times, again)) yield return leaf;
            }
            foreach (var region in node.InlineRegions)
            {
                foreach (var leaf in region.Leaves(prefix, node is LoopNode loop ? times * (loop.Steps.End - loop.Steps.Start) : times, again)) yield return leaf;
            }
        }
    }
}

/// <summary>A node somewhere in a graph.</summary>
/// <param name="Key">Where its parameters are in the checkpoint.</param>
/// <param name="Node">The node.</param>
/// <param name="Times">How often it runs in one call.</param>
/// <param name="IsAgain">Whether it is another call of a shared layer, whose parameters belong to the first.</param>
public sealed record GraphLeaf(string Key, Node Node, Dim Times, bool IsAgain);
