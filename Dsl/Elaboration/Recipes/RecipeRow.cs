using Dlm.Dsl.Shapes;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Elaboration.Recipes;

/// <summary>A word that a recipe calls: an optimizer, a schedule, an average.</summary>
/// <param name="Name">The name in the language.</param>
/// <param name="Class">The runtime's class.</param>
/// <param name="Arguments">Its arguments, in order.</param>
internal sealed record RecipeRow(string Name, string Class, params RecipeArgument[] Arguments)
{
    /// <summary>How a call is written, as messages show it.</summary>
    public string Example => Arguments.FirstOrDefault(a => a.IsRequired && a.Name != "rate") is { } needed ? $"{Name}({needed.Name}: {needed.Example})" : Name;
}

/// <summary>An argument of a <see cref="RecipeRow"/>.</summary>
/// <param name="Name">The name in the language.</param>
/// <param name="Range">What it takes.</param>
/// <param name="CSharp">The parameter's name in the runtime; null where it is not one.</param>
internal sealed record RecipeArgument(string Name, ArgumentRange Range, string? CSharp = null)
{
    /// <summary>Whether it must be given.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The runtime's default, where the recipe has to know it.</summary>
    public double? Default { get; init; }

    /// <summary>A value, as messages show it.</summary>
    public string Example { get; init; } = "1";
}

/// <summary>A call of a row with its arguments checked.</summary>
/// <param name="Row">What is called.</param>
/// <param name="Given">The arguments that are given, by name.</param>
/// <param name="Span">The call.</param>
/// <param name="Spans">Where the arguments stand.</param>
internal sealed record RecipeCall(RecipeRow Row, IReadOnlyDictionary<string, StaticValue> Given, TextSpan Span, IReadOnlyDictionary<string, TextSpan> Spans)
{
    /// <summary>An argument that is given, or null.</summary>
    public StaticValue? this[string name] => Given.TryGetValue(name, out var value) ? value : null;

    /// <summary>The number of an argument; null where it is not given.</summary>
    public double? Number(string name) => this[name] is { } value ? ArgumentRange.NumberOf(value) : null;
}
