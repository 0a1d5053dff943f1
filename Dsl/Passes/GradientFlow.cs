using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Passes;

/// <summary>
/// Where the gradients of an objective's losses go: for each tensor, the calls of networks whose parameters or inputs a gradient of it
/// reaches. It ends at whole numbers, at <c>stop</c>, and at what was drawn.
/// </summary>
internal sealed class GradientFlow
{
    private static readonly HashSet<NetworkNode> None = [];

    private readonly Dictionary<GraphValue, HashSet<NetworkNode>> calls = [];
    private readonly List<Node> order = [];

    public GradientFlow(Region step) => Walk(step);

    /// <summary>Every node of the step, in the order in which they run.</summary>
    public IReadOnlyList<Node> Order => order;

    /// <summary>The calls that a gradient of <paramref name="value"/> reaches, whose network may be frozen.</summary>
    public IReadOnlyCollection<NetworkNode> CallsBehind(GraphValue value) => calls.TryGetValue(value, out var found) ? found : None;

    /// <summary>The calls that it reaches behind a node, through what flows in.</summary>
    public IEnumerable<NetworkNode> CallsBehind(Node node) => PassedOn(node).SelectMany(CallsBehind);

    /// <summary>The nodes that a gradient of <paramref name="loss"/> passes on its way to the parameters of <paramref name="networks"/>.</summary>
    public HashSet<Node> PathTo(IReadOnlyCollection<ObjectiveNetwork> networks, GraphValue loss)
    {
        var path = new HashSet<Node>();
        var open = new Stack<GraphValue>([loss]);
        while (open.Count > 0)
        {
            var value = open.Pop();
            if (value.Producer is not { } node || !CallsBehind(value).Any(c => networks.Contains(c.Network)) || !path.Add(node)) continue;
            foreach (var input in PassedOn(node)) open.Push(input);
        }
        return path;
    }

    /// <summary>The inputs that a gradient of a node's outputs reaches.</summary>
    public static IEnumerable<GraphValue> PassedOn(Node node)
    {
        if (!node.Outputs.Any(IsSmooth) || node is OperatorNode { Operator.StopsGradient: true }) return [];
        // A choice or a loop is written in place, and what it reads of outside is an input.
        return node.Inputs.Where(IsSmooth);
    }

    /// <summary>Whether a tensor has a gradient at all.</summary>
    public static bool IsSmooth(GraphValue value) => value.Type.Element is ElementType.Float or ElementType.Float64;

    private void Walk(Region region)
    {
        foreach (var node in region.Nodes)
        {
            foreach (var inner in node.InlineRegions) Walk(inner);
            order.Add(node);
            var behind = new HashSet<NetworkNode>(CallsBehind(node));
            foreach (var inner in node.InlineRegions.Where(_ => node is not EveryNode)) behind.UnionWith(inner.Nodes.OfType<NetworkNode>());
            if (node is NetworkNode call) behind.Add(call);
            foreach (var output in node.Outputs.Where(IsSmooth)) calls[output] = node is OperatorNode { Operator.StopsGradient: true } ? None : behind;
        }
    }
}
