using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Operators;
using Dlm.Dsl.Passes;
using Dlm.Dsl.Shapes;
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

    public void Write(IndentedWriter writer)
    {
        var input = names.Take(module.InputName);
        locals[region.Input] = CSharpNames.Escape(input);
        if (module.IsOutermost) WriteDocumentation(writer, input);
        else writer.Line("/// <inheritdoc/>");
        writer.Open($"public override {CSharpNames.Tensor} forward({CSharpNames.Tensor} {locals[region.Input]})");
        if (module.IsOutermost) WriteInputCheck(writer);
        foreach (var planned in RegionPlan.Of(region)) Add(planned);
        if (CanMapLines) lines.Add(("#line default", null));
        // The input itself must not be returned: whoever disposes one of the two would dispose both.
        lines.Add((region.Result == region.Input ? $"return {locals[region.Input]}.alias();" : $"return {locals[region.Result]};", null));
        writer.Aligned(lines);
        writer.Close();
    }

    // A directive has no escapes.
    private bool CanMapLines => !source.Path.Any(c => c is '"' or '\n' or '\r' or '\u0085' or '\u2028' or '\u2029');

    private void WriteDocumentation(IndentedWriter writer, string input)
    {
        writer.Line("/// <summary>Computes the output.</summary>");
        writer.Line($"/// <param name=\"{input}\"><c>{XmlDoc.Escape(region.Input.Type.ToString())}</c></param>");
        writer.Line($"/// <returns><c>{XmlDoc.Escape(region.Result.Type.ToString())}</c></returns>");
    }

    private void Add(PlannedNode planned)
    {
        var node = planned.Node;
        if (CanMapLines) lines.Add((LineDirective(node.Span), null));
        if (planned.InPlace)
        {
            locals[node.Output] = locals[node.Input];
            lines.Add(($"{locals[node.Input]}.{((OperatorNode)node).Operator.InPlaceMethod}();", node.Output.Type.ToString()));
        }
        else
        {
            locals[node.Output] = CSharpNames.Escape(names.Take(LocalName(node)));
            lines.Add(($"var {locals[node.Output]} = {Call(node)};", node.Output.Type.ToString()));
        }
        foreach (var dead in planned.Dead) lines.Add(($"{locals[dead]}.Dispose();", null));
    }

    // A number alone is no name: the first stage of a group is called by its kind.
    private static string LocalName(Node node) => node.Key is { } key && !char.IsDigit(key[0]) ? key : node.Name;

    private string Call(Node node)
    {
        var input = locals[node.Input];
        if (node is not OperatorNode { CSharp: { Kind: not CSharpFormKind.Layer } form }) return $"{module.FieldOf(node)}.call({input})";
        var arguments = values.Arguments(form);
        if (form.Kind == CSharpFormKind.Method) return $"{input}.{form.Name}({arguments})";
        return $"{CSharpNames.Torch}.nn.functional.{form.Name}({input}{(arguments.Length > 0 ? ", " : "")}{arguments})";
    }

    private string LineDirective(TextSpan span)
    {
        var (start, end) = (source.PositionOf(span.Start), source.PositionOf(span.End));
        return $"#line ({start.Line + 1},{start.Column + 1})-({end.Line + 1},{end.Column + 1}) \"{source.Path}\"";
    }

    // input.shape is not [_, 1, 28, 28]; a size over parameters, or one that occurs twice, is compared by name.
    private void WriteInputCheck(IndentedWriter writer)
    {
        var input = locals[region.Input];
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        var patterns = new List<string>();
        var conditions = new List<string>();
        foreach (var dim in region.Input.Type.Dims)
        {
            var repeated = region.Input.Type.Dims.Count(d => d.Symbols.Any(s => s.Name == dim.AsSymbol?.Name)) > 1;
            if (dim.Value is { } known)
            {
                patterns.Add(known.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
            else if (dim.AsSymbol is { Kind: DimSymbolKind.Input } symbol && !seen.ContainsKey(symbol.Name))
            {
                seen[symbol.Name] = repeated ? CSharpNames.Escape(names.Take("size" + symbol.Name)) : "_";
                patterns.Add(repeated ? $"var {seen[symbol.Name]}" : "_");
            }
            else
            {
                var name = CSharpNames.Escape(names.Take("size"));
                patterns.Add($"var {name}");
                conditions.Add($"{name} != {values.Naming(n => seen.TryGetValue(n, out var local) ? local : values.Write(OpenParameter(n))).Write(dim)}");
            }
        }
        var mismatch = string.Join(" || ", conditions.Prepend($"{input}.shape is not [{string.Join(", ", patterns)}]"));
        var message = $"{module.ModuleName} takes {region.Input.Type}, but this input is [";
        writer.Open($"if ({mismatch})");
        writer.Line($"throw new global::System.ArgumentException({CSharpNames.Quote(message)} + string.Join(\", \", {input}.shape) + \"].\", {CSharpNames.Quote(module.InputName)});");
        writer.Close();
    }

    private static StaticValue OpenParameter(string name) => new IntValue(Dim.Symbol(name, DimSymbolKind.Parameter));
}
