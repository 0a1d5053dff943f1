using System.Globalization;
using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Emission;

/// <summary>
/// Writes the check of a model's inputs: <c>input.shape is not [_, 1, 28, 28]</c>. A size over parameters, or one that occurs a
/// second time, is compared by name; and what else must hold of the sizes is checked behind it, once.
/// </summary>
internal sealed class InputCheck(
    string modelName, IReadOnlyList<(string Local, GraphValue Input)> inputs, IReadOnlyList<Claim> claims, NameTable names, CSharpValues values)
{
    private readonly Dictionary<string, string> bound = new(StringComparer.Ordinal);

    public void Write(IndentedWriter writer)
    {
        // What is always there first: it binds the sizes that the others are held to.
        foreach (var (local, input) in inputs.OrderBy(i => i.Input.IsOptional))
        {
            var type = input.Type;
            var patterns = new List<string>();
            var conditions = new List<string>();
            foreach (var dim in type.Dims) patterns.Add(Pattern(dim, conditions, input.IsOptional));
            var mismatch = string.Join(" || ", conditions.Prepend($"{local}.shape is not [{string.Join(", ", patterns)}]"));
            var name = local.TrimStart('@');
            var message = $"{modelName} takes {type}{(inputs.Count > 1 ? $" as {name}" : "")}, but this {(inputs.Count > 1 ? name : "input")} is [";
            writer.Open(input.IsOptional ? $"if ({local} is not null && ({mismatch}))" : $"if ({mismatch})");
            writer.Line($"throw new global::System.ArgumentException({CSharpNames.Quote(message)} + string.Join(\", \", {local}.shape) + \"].\", {CSharpNames.Quote(name)});");
            writer.Close();
        }
        foreach (var claim in claims)
        {
            var failed = Sizes.Write(Condition.Not(claim.Condition));
            var missing = Condition.SymbolsOf(claim.Condition).Select(s => OptionalWith(s.Name)?.Local).Where(local => local is not null).Distinct();
            // What holds of an optional input holds where it is there.
            var given = string.Concat(missing.Select(local => $"{local} is not null && "));
            writer.Open(given.Length > 0 ? $"if ({given}({failed}))" : $"if ({failed})");
            writer.Line($"throw new global::System.ArgumentException({ClaimText.Of(modelName, claim, Sizes, "Pad, crop or resize the input.")});");
            writer.Close();
        }
    }

    // A size that an input brings along is the local it was read into; all else is a field.
    private CSharpValues Sizes => values.Naming(n => bound.TryGetValue(n, out var local) ? local
        : OptionalWith(n) is { } optional ? $"{optional.Local}.shape[{optional.Place}]"
        : values.Write(new IntValue(Dim.Symbol(n, DimSymbolKind.Parameter))));

    // The optional input that alone brings a size along.
    private (string Local, int Place)? OptionalWith(string size)
    {
        if (bound.ContainsKey(size)) return null;
        foreach (var (local, input) in inputs.Where(i => i.Input.IsOptional))
        {
            for (var i = 0; i < input.Type.Rank; i++)
            {
                if (input.Type[i].AsSymbol is { Kind: DimSymbolKind.Input } symbol && symbol.Name == size) return (local, i);
            }
        }
        return null;
    }

    private string Pattern(Dim dim, List<string> conditions, bool isOptional)
    {
        if (dim.Value is { } known) return known.ToString(CultureInfo.InvariantCulture);
        if (dim.AsSymbol is { Kind: DimSymbolKind.Input } symbol && !bound.ContainsKey(symbol.Name))
        {
            // What may be missing binds nothing for others.
            if (isOptional) return "_";
            if (symbol.Name == TensorType.AnyLeading) return "..";
            var isRead = claims.Any(c => Condition.SymbolsOf(c.Condition).Any(s => s.Name == symbol.Name))
                || inputs.SelectMany(i => i.Input.Type.Dims).Count(d => d.Symbols.Any(s => s.Name == symbol.Name)) > 1;
            bound[symbol.Name] = isRead ? names.Take("size" + symbol.Name) : "_";
            return isRead ? $"var {bound[symbol.Name]}" : "_";
        }
        var name = names.Take("size");
        conditions.Add($"{name} != {Sizes.Write(dim)}");
        return $"var {name}";
    }
}
