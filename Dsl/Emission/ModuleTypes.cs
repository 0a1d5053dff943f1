using Dlm.Dsl.Elaboration;

namespace Dlm.Dsl.Emission;

/// <summary>The C# types of modules and of what flows through them.</summary>
internal static class ModuleTypes
{
    /// <summary><c>Module&lt;Tensor, Tensor&gt;</c> for one input and one output.</summary>
    public static string BaseOf(Region region, IReadOnlyList<string> resultNames) =>
        $"{CSharpNames.Torch}.nn.Module<{string.Join(", ", region.Inputs.Select(TypeOf).Append(ResultOf(region, resultNames)))}>";

    /// <summary>A tensor, which may be null where a call can leave it out.</summary>
    public static string TypeOf(GraphValue input) => input.IsOptional ? CSharpNames.Tensor + "?" : CSharpNames.Tensor;

    /// <summary>A tensor, or a tuple of several with their names.</summary>
    public static string ResultOf(Region region, IReadOnlyList<string> resultNames)
    {
        if (region.Results.Count == 1) return CSharpNames.Tensor;
        var items = region.Results.Select((_, i) => i < resultNames.Count && resultNames[i].Length > 0
            ? $"{CSharpNames.Tensor} {CSharpNames.Escape(resultNames[i])}"
            : CSharpNames.Tensor);
        return $"({string.Join(", ", items)})";
    }

    /// <summary>The class of a block, written from <paramref name="currentNamespace"/>.</summary>
    public static string ClassOf(ElaboratedBlock block, string currentNamespace)
    {
        var name = CSharpNames.Escape(block.Name);
        if (block.Namespace == currentNamespace) return name;
        return block.Namespace.Length == 0 ? $"global::{name}" : $"global::{CSharpNames.EscapeNamespace(block.Namespace)}.{name}";
    }
}
