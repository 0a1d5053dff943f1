using System.Globalization;
using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Emission;

/// <summary>
/// Writes the check of a model's inputs: <c>input.shape is not [_, 1, 28, 28]</c>. A size over parameters, or one that occurs a
/// second time, is compared by name.
/// </summary>
internal sealed class InputCheck(string modelName, IReadOnlyList<(string Local, TensorType Type)> inputs, NameTable names, CSharpValues values)
{
    private readonly Dictionary<string, string> bound = new(StringComparer.Ordinal);

    public void Write(IndentedWriter writer)
    {
        foreach (var (local, type) in inputs)
        {
            var patterns = new List<string>();
            var conditions = new List<string>();
            foreach (var dim in type.Dims) patterns.Add(Pattern(dim, conditions));
            var mismatch = string.Join(" || ", conditions.Prepend($"{local}.shape is not [{string.Join(", ", patterns)}]"));
            var name = local.TrimStart('@');
            var message = $"{modelName} takes {type}{(inputs.Count > 1 ? $" as {name}" : "")}, but this {(inputs.Count > 1 ? name : "input")} is [";
            writer.Open($"if ({mismatch})");
            writer.Line($"throw new global::System.ArgumentException({CSharpNames.Quote(message)} + string.Join(\", \", {local}.shape) + \"].\", {CSharpNames.Quote(name)});");
            writer.Close();
        }
    }

    private string Pattern(Dim dim, List<string> conditions)
    {
        if (dim.Value is { } known) return known.ToString(CultureInfo.InvariantCulture);
        if (dim.AsSymbol is { Kind: DimSymbolKind.Input } symbol && !bound.ContainsKey(symbol.Name))
        {
            var occurrences = inputs.SelectMany(i => i.Type.Dims).Count(d => d.Symbols.Any(s => s.Name == symbol.Name));
            bound[symbol.Name] = occurrences > 1 ? names.Take("size" + symbol.Name) : "_";
            return occurrences > 1 ? $"var {bound[symbol.Name]}" : "_";
        }
        var name = names.Take("size");
        var written = values.Naming(n => bound.TryGetValue(n, out var local) ? local : values.Write(new IntValue(Dim.Symbol(n, DimSymbolKind.Parameter)))).Write(dim);
        conditions.Add($"{name} != {written}");
        return $"var {name}";
    }
}
