using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Emission;

/// <summary>A name that a constructor knows: a size that flows in, a parameter, a loop's counter.</summary>
/// <param name="Name">The name in the file.</param>
/// <param name="Type">Its C# type.</param>
/// <param name="Parameter">The parameter it is, with its default; null for a size.</param>
internal sealed record ConstructorName(string Name, string Type, ModelParameter? Parameter = null)
{
    /// <summary>What the constructor of a block's class takes.</summary>
    public static IReadOnlyList<ConstructorName> Of(ElaboratedBlock block) =>
        [.. block.Sizes.Select(s => new ConstructorName(s, "long")), .. block.OpenParameters.Select(p => new ConstructorName(p.Name, TypeOf(p.Type), p))];

    /// <summary>Those of <paramref name="known"/> that <paramref name="mentions"/> names.</summary>
    public static IReadOnlyList<ConstructorName> Used(IReadOnlyList<ConstructorName> known, IEnumerable<string> mentions)
    {
        var used = new HashSet<string>(mentions.Select(BaseOf), StringComparer.Ordinal);
        return known.Where(k => used.Contains(k.Name)).ToArray();
    }

    /// <summary>depths, of depths[0].</summary>
    public static string BaseOf(string name) => name.IndexOf('[') is var bracket && bracket < 0 ? name : name.Substring(0, bracket);

    /// <summary>A parameter, as its documentation says it.</summary>
    public static string Describe(ModelParameter parameter)
    {
        var kind = SignatureBinder.KindOf(parameter.Type, parameter.Length);
        var text = char.ToUpperInvariant(kind[0]) + kind.Substring(1);
        return parameter.Default is null ? text + "." : $"{text}, by default {XmlDoc.Escape(parameter.Default.ToString()!)}.";
    }

    /// <summary>The C# type of a parameter.</summary>
    public static string TypeOf(ParameterType type) => type switch
    {
        ParameterType.Int => "long",
        ParameterType.Float => "double",
        ParameterType.Bool => "bool",
        ParameterType.IntList => "long[]",
        _ => "string",
    };
}
