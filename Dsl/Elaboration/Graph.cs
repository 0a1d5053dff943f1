using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Elaboration;

/// <summary>A tensor in a graph: where it comes from and what is known of it.</summary>
public sealed class GraphValue(TensorType type, string origin, Node? producer)
{
    /// <summary>Its shape and element type.</summary>
    public TensorType Type { get; } = type;

    /// <summary>Where it comes from, as messages say it: "input x", "conv2, line 11".</summary>
    public string Origin { get; } = origin;

    /// <summary>The node that computes it; null for an input.</summary>
    public Node? Producer { get; } = producer;
}

/// <summary>A computation in a graph.</summary>
public abstract class Node(string name, string? key, TextSpan span)
{
    /// <summary>What it is called in C# and in messages: the stage's name, or the operator's.</summary>
    public string Name { get; } = name;

    /// <summary>Its part of the checkpoint's keys; null where it has nothing to keep.</summary>
    public string? Key { get; } = key;

    /// <summary>Its place in the <c>.dlm</c> file.</summary>
    public TextSpan Span { get; } = span;

    /// <summary>What flows in.</summary>
    public abstract GraphValue Input { get; }

    /// <summary>What flows out.</summary>
    public abstract GraphValue Output { get; }

    /// <summary>The parameters of the model that its construction or its call mentions.</summary>
    public abstract IEnumerable<string> Parameters { get; }
}

/// <summary>An operator with its arguments.</summary>
public sealed class OperatorNode : Node
{
    internal OperatorNode(OperatorCall call, GraphValue input, TensorType type, string origin, string name, string? key, TextSpan span)
        : base(name, key, span)
    {
        Operator = call.Operator;
        Input = input;
        Output = new GraphValue(type, origin, this);
        Weights = call.Operator.Weights(call);
        Macs = call.Operator.Macs(call, type);
        CSharp = call.Operator.CSharp(call);
    }

    /// <summary>The row of the operator table.</summary>
    public Operator Operator { get; }

    /// <inheritdoc/>
    public override GraphValue Input { get; }

    /// <inheritdoc/>
    public override GraphValue Output { get; }

    /// <summary>Its parameters and buffers, in PyTorch's order.</summary>
    public IReadOnlyList<Weight> Weights { get; }

    /// <summary>Multiply-accumulates for the whole output.</summary>
    public Dim Macs { get; }

    /// <summary>How it is written in C#.</summary>
    public CSharpForm CSharp { get; }

    /// <inheritdoc/>
    public override IEnumerable<string> Parameters => CSharp.Arguments.Where(a => a.Value is not null).SelectMany(a => a.Value!.Parameters);
}

/// <summary>A named or numbered group of stages: a module of its own.</summary>
public sealed class GroupNode(Region body, GraphValue input, string origin, string name, string? key, TextSpan span) : Node(name, key, span)
{
    private GraphValue? output;

    /// <summary>Its stages.</summary>
    public Region Body { get; } = body;

    /// <inheritdoc/>
    public override GraphValue Input { get; } = input;

    /// <inheritdoc/>
    public override GraphValue Output => output ??= new GraphValue(Body.Result.Type, origin, this);

    /// <inheritdoc/>
    public override IEnumerable<string> Parameters => Body.Nodes.SelectMany(n => n.Parameters);
}

/// <summary>A straight-line piece of a graph: its nodes in order, from what flows in to what flows out.</summary>
public sealed class Region(GraphValue input, IReadOnlyList<Node> nodes, GraphValue result)
{
    /// <summary>What flows in.</summary>
    public GraphValue Input { get; } = input;

    /// <summary>The nodes, each after those it needs.</summary>
    public IReadOnlyList<Node> Nodes { get; } = nodes;

    /// <summary>What flows out: the output of a node, or the input itself.</summary>
    public GraphValue Result { get; } = result;

    /// <summary>The operators of it and of every group in it, with their full keys.</summary>
    public IEnumerable<(string Key, OperatorNode Node)> Operators(string prefix = "")
    {
        foreach (var node in Nodes)
        {
            var key = node.Key is null ? prefix : prefix.Length == 0 ? node.Key : $"{prefix}.{node.Key}";
            if (node is OperatorNode op) yield return (key, op);
            if (node is not GroupNode group) continue;
            foreach (var inner in group.Body.Operators(key)) yield return inner;
        }
    }
}
