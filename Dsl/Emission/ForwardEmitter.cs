using System.Globalization;
using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Passes;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Emission;

/// <summary>
/// Writes <c>forward</c>: a line for each stage with its shape at the end and <c>#line</c> back to the <c>.dlm</c> file, and each
/// temporary disposed after its last use.
/// </summary>
internal sealed class ForwardEmitter(ModuleClass module, Region region, CSharpValues values, SourceText source)
{
    private readonly Dictionary<GraphValue, string> locals = [];
    private readonly NameTable names = new(module.NamesForwardUses);
    private readonly List<(string Code, string? Comment)> lines = [];
    private readonly Dictionary<string, string> sizes = new(StringComparer.Ordinal);
    private string indent = "";

    private bool IsModel => module.Block is { IsModel: true };

    public void Write(IndentedWriter writer)
    {
        foreach (var input in region.Inputs) locals[input] = CSharpNames.Escape(names.Take(module.Block is null ? "input" : input.Name ?? "input"));
        if (module.Block is null) writer.Line("/// <inheritdoc/>");
        else WriteDocumentation(writer);
        var parameters = region.Inputs.Select(i => $"{CSharpNames.Tensor} {locals[i]}");
        writer.Open($"public override {ModuleTypes.ResultOf(region, module.Block?.ResultNames ?? [])} forward({string.Join(", ", parameters)})");
        if (IsModel) new InputCheck(module.ModuleName, region.Inputs.Select(i => (locals[i], i.Type)).ToArray(), module.Block!.InputChecks, names, values).Write(writer);
        ReadSizes(writer);
        foreach (var planned in RegionPlan.Of(region)) Add(planned);
        if (CanMapLines) lines.Add(("#line default", null));
        lines.Add(($"return {Results()};", null));
        writer.Aligned(lines);
        writer.Close();
    }

    // The sizes that functions are called with, each read once.
    private void ReadSizes(IndentedWriter writer)
    {
        foreach (var symbol in module.RuntimeSizes)
        {
            var (input, index) = (from i in region.Inputs
                                  from d in Enumerable.Range(0, i.Type.Rank)
                                  where i.Type[d].AsSymbol?.Name == symbol
                                  select (i, d)).First();
            sizes[symbol] = CSharpNames.Escape(names.Take("size" + symbol));
            writer.Line($"var {sizes[symbol]} = {locals[input]}.shape[{index}];");
        }
        if (sizes.Count > 0) values = values.Extending(sizes);
    }

    // A directive has no escapes.
    private bool CanMapLines => !source.Path.Any(c => c is '"' or '\n' or '\r' or '\u0085' or '\u2028' or '\u2029');

    private void WriteDocumentation(IndentedWriter writer)
    {
        writer.Line("/// <summary>Computes the output.</summary>");
        foreach (var input in region.Inputs) writer.Line($"/// <param name=\"{locals[input].TrimStart('@')}\"><c>{XmlDoc.Escape(input.Type.ToString())}</c></param>");
        writer.Line($"/// <returns><c>{XmlDoc.Escape(string.Join(", ", region.Results.Select(r => r.Type)))}</c></returns>");
    }

    // An input itself must not be returned, nor one tensor twice: whoever disposes one of the two would dispose both.
    private string Results()
    {
        var seen = new HashSet<GraphValue>(region.Inputs);
        var results = region.Results.Select(r => seen.Add(r) ? locals[r] : $"{locals[r]}.alias()").ToArray();
        return results.Length == 1 ? results[0] : $"({string.Join(", ", results)})";
    }

    private void Add(PlannedNode planned)
    {
        var node = planned.Node;
        if (node is IfNode choice)
        {
            AddChoice(choice);
        }
        else
        {
            if (CanMapLines) lines.Add((LineDirective(node.Span), null));
            if (planned.InPlace) AddInPlace((OperatorNode)node);
            else AddCall(node);
        }
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
        for (var i = 0; i < node.Outputs.Count; i++) locals[node.Outputs[i]] = CSharpNames.Escape(names.Take(node.Outputs[i].Name ?? LocalName(node, i)));
        var target = node.Outputs.Count == 1 ? $"var {locals[node.Output]}" : $"var ({string.Join(", ", node.Outputs.Select(o => locals[o]))})";
        AddLine($"{target} = {Call(node)};", string.Join(", ", node.Outputs.Select(o => o.Type)));
    }

    private void AddChoice(IfNode choice)
    {
        var local = locals[choice.Output] = CSharpNames.Escape(names.Take(choice.Output.Name ?? "choice"));
        AddLine($"{CSharpNames.Tensor} {local};", choice.Output.Type.ToString());
        AddBranch($"if ({module.FieldOf(choice)})", choice.WhenTrue, local);
        AddBranch("else", choice.WhenFalse, local);
    }

    private void AddBranch(string head, Region branch, string target)
    {
        AddLine(head);
        AddLine("{");
        indent += "    ";
        foreach (var planned in RegionPlan.Of(branch)) Add(planned);
        var result = branch.Results[0];
        // What another part of the graph made is still its own.
        AddLine(branch.Nodes.Any(n => n.Outputs.Contains(result)) ? $"{target} = {locals[result]};" : $"{target} = {locals[result]}.alias();");
        indent = indent.Substring(4);
        if (CanMapLines) lines.Add(("#line default", null));
        AddLine("}");
    }

    private void AddLine(string code, string? comment = null) => lines.Add((indent + code, comment));

    // A number alone is no name: the first stage of a group is called by its kind.
    private static string LocalName(Node node, int output)
    {
        if (node is OperatorNode { Operator.OutputNames: { Count: > 0 } outputNames }) return outputNames[output];
        return node.Key is { } key && !char.IsDigit(key[0]) ? key : char.IsDigit(node.Name[0]) ? "turn" : node.Name;
    }

    private string Call(Node node)
    {
        if (node is not OperatorNode op) return $"{Module(node)}.call({string.Join(", ", node.Inputs.Select(i => locals[i]))})";
        return new CSharpCall(op.Operator, op.CSharp, OperandsOf(op).ToArray(), values).Write(op.IsLayer ? Module(node) : "");
    }

    // In a branch the module may be missing in the other.
    private string Module(Node node) => module.FieldOf(node) + (indent.Length > 0 ? "!" : "");

    private IEnumerable<string?> OperandsOf(OperatorNode node) =>
        node.Tensors.Select((tensor, port) => tensor is not null ? locals[tensor] : node.NumberAt(port) is { } number ? values.Write(number) : null);

    private string LineDirective(TextSpan span)
    {
        var (start, end) = (source.PositionOf(span.Start), source.PositionOf(span.End));
        return string.Format(CultureInfo.InvariantCulture, "#line ({0},{1})-({2},{3}) \"{4}\"", start.Line + 1, start.Column + 1, end.Line + 1, end.Column + 1, source.Path);
    }
}
