using System.Globalization;
using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Passes;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Emission;

/// <summary>
/// Writes the stages of a region: a line for each with its shape at the end and <c>#line</c> back to the <c>.dlm</c> file, and each
/// temporary disposed after its last use.
/// </summary>
internal sealed partial class RegionWriter(IRegionOwner owner, NameTable names, CSharpValues values, SourceText source)
{
    private readonly Dictionary<GraphValue, string> locals = [];
    private readonly List<(string Code, string? Comment)> lines = [];
    private CSharpValues values = values;
    private string indent = "";

    /// <summary>What was written.</summary>
    public IReadOnlyList<(string Code, string? Comment)> Lines => lines;

    // A directive has no escapes.
    private bool CanMapLines => !source.Path.Any(c => c is '"' or '\n' or '\r' or '\u0085' or '\u2028' or '\u2029');

    /// <summary>What a tensor is called.</summary>
    public string LocalOf(GraphValue value) => locals[value];

    /// <summary>Says what a tensor that flows in is called.</summary>
    public void Declare(GraphValue value, string name) => locals[value] = name;

    /// <summary>Adds a line.</summary>
    public void AddLine(string code, string? comment = null) => lines.Add((indent + code, comment));

    /// <summary>Adds the stages of a region.</summary>
    public void Add(Region region)
    {
        foreach (var planned in RegionPlan.Of(region)) Add(planned, region);
        if (CanMapLines && lines.Any(l => l.Code.StartsWith("#", StringComparison.Ordinal))) lines.Add(("#line default", null));
    }

    private void Add(PlannedNode planned, Region region)
    {
        var node = planned.Node;
        switch (node)
        {
            case IfNode choice:
                AddChoice(choice);
                break;
            case LoopNode loop:
                AddLoop(loop);
                break;
            case CheckpointNode checkpoint:
                AddCheckpoint(checkpoint);
                break;
            case MinimizeNode or UpdateNode or CarryNode or EveryNode or FigureNode:
                AddStep(node);
                break;
            default:
                if (CanMapLines) lines.Add((LineDirective(node.Span), null));
                if (node is GroupNode { Place: not null } placed) AddPlaced(placed, region);
                else if (planned.InPlace) AddInPlace((OperatorNode)node);
                else AddCall(node);
                break;
        }
        MarkLeaves(node);
        ReadSizes(node);
        foreach (var dead in planned.Dead) AddLine($"{locals[dead]}.Dispose();");
    }

    private void AddInPlace(OperatorNode node)
    {
        locals[node.Output] = locals[node.Inputs[0]];
        var arguments = CSharpCall.Joined(OperandsOf(node).Skip(1), values.Arguments(node.CSharp));
        AddLine($"{locals[node.Output]}.{node.Operator.InPlaceMethod}({arguments});", node.Output.Type.ToString());
    }

    private void AddCall(Node node)
    {
        for (var i = 0; i < node.Outputs.Count; i++) locals[node.Outputs[i]] = TakeName(node.Outputs[i].Name ?? LocalName(node, i));
        var target = node.Outputs.Count == 1 ? $"var {locals[node.Output]}" : $"var ({string.Join(", ", node.Outputs.Select(o => locals[o]))})";
        AddLine($"{target} = {Call(node)};", string.Join(", ", node.Outputs.Select(o => o.Type)));
    }

    private void AddChoice(IfNode choice)
    {
        foreach (var output in choice.Outputs)
        {
            locals[output] = TakeName(output.Name ?? "choice");
            AddLine($"{CSharpNames.Tensor} {locals[output]};", output.Type.ToString());
        }
        string[] targets = [.. choice.Outputs.Select(output => locals[output])];
        AddBranch(choice.Given.Count > 0 ? $"if ({string.Join(" && ", choice.Given.Select(given => $"{locals[given]} is not null"))})" : $"if ({owner.FieldOf(choice)})", choice.WhenTrue, targets);
        AddBranch("else", choice.WhenFalse, targets);
    }

    // A tensor that two results are is one of them and an alias: each is disposed by itself.
    private void AddBranch(string head, Region branch, string[] targets)
    {
        Open(head);
        Add(branch);
        for (var i = 0; i < targets.Length; i++)
        {
            var isFirst = !branch.Results.Take(i).Contains(branch.Results[i]);
            AddLine($"{targets[i]} = {(isFirst ? Owned(branch.Results[i], branch) : locals[branch.Results[i]] + ".alias()")};");
        }
        Close();
    }

    private void Open(string? head)
    {
        if (head is not null) AddLine(head);
        AddLine("{");
        indent += "    ";
    }

    private void Close()
    {
        indent = indent.Substring(4);
        AddLine("}");
    }

    // What another part of the graph made is still its own.
    private string Owned(GraphValue value, Region region) => IsOwned(value, region) ? locals[value] : $"{locals[value]}.alias()";

    private static bool IsOwned(GraphValue value, Region region) => region.Nodes.Any(n => n.OwnsOutputs && n.Outputs.Contains(value));

    private string TakeName(string name) => CSharpNames.Escape(names.Take(name));

    // A number alone is no name: the first stage of a group is called by its kind.
    private static string LocalName(Node node, int output)
    {
        if (node is OperatorNode { Operator.OutputNames: { Count: > 0 } outputNames }) return outputNames[output];
        if (node is WeightNode) return node.Name.Substring(node.Name.LastIndexOf('.') + 1);
        return node.Key is { } key && !char.IsDigit(key[0]) ? key : char.IsDigit(node.Name[0]) ? "turn" : node.Name;
    }

    private string Call(Node node)
    {
        if (node is NetworkNode network) return $"{Objective.NetworkField(network.Network)}.call({string.Join(", ", network.Tensors.Select(t => t is null ? "null" : locals[t]))})";
        if (node is GradientNode gradient) return $"Gradient({locals[gradient.Of]}, {locals[gradient.By]})";
        if (node is StateNode carried && owner is ObjectiveClass) return $"Carried({CSharpNames.Quote(carried.Name)})";
        if (node is StateNode state) return $"{(state.IsBuffer ? "get_buffer" : "get_parameter")}({CSharpNames.Quote(state.Name)})!";
        if (node is WeightNode weight) return $"{(weight.IsBuffer ? "get_buffer" : "get_parameter")}({CSharpNames.Quote(weight.Name)})!";
        if (node is BlockNode block) return $"{Module(node)}.call({string.Join(", ", block.Tensors.Select(t => t is null ? "null" : locals[t]))})";
        if (node is ExternNode function) return Call(function);
        if (node is not OperatorNode op) return $"{Module(node)}.call({string.Join(", ", node.Inputs.Select(i => locals[i]))})";
        return new CSharpCall(op.Operator, op.CSharp, OperandsOf(op).ToArray(), values).Write(op.IsLayer ? Module(node) : "");
    }

    private string Call(ExternNode node)
    {
        var prefix = node.Function.Namespace.Length > 0 ? CSharpNames.EscapeNamespace(node.Function.Namespace) + "." : "";
        var arguments = node.Tensors.Select(t => t is null ? "null" : locals[t]).Concat(node.Arguments.Select(values.Write));
        return $"global::{prefix}{ExternFunction.ClassName}.{CSharpNames.Escape(node.Function.Name)}({string.Join(", ", arguments)})";
    }

    private string Module(Node node) => owner.FieldOf(node) + (owner.IsInBranch(node) ? "!" : "");

    private IEnumerable<string?> OperandsOf(OperatorNode node) =>
        node.Tensors.Select((tensor, port) => tensor is not null ? locals[tensor] : node.NumberAt(port) is { } number ? values.WriteOperand(number) : null);

    private string LineDirective(TextSpan span)
    {
        var (start, end) = (source.PositionOf(span.Start), source.PositionOf(span.End));
        return string.Format(CultureInfo.InvariantCulture, "#line ({0},{1})-({2},{3}) \"{4}\"", start.Line + 1, start.Column + 1, end.Line + 1, end.Column + 1, source.Path);
    }
}
