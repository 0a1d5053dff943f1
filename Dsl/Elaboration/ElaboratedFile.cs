using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Elaboration;

/// <summary>All that is known of a file.</summary>
/// <param name="Models">Its models that have no error.</param>
/// <param name="Classes">Its models and blocks that have no error, in order: what C# is written from.</param>
/// <param name="Diagnostics">What is wrong with it.</param>
public sealed record ElaboratedFile(
    IReadOnlyList<ElaboratedModel> Models, IReadOnlyList<ElaboratedBlock> Classes, EquatableArray<Diagnostic> Diagnostics)
{
    /// <summary>Its objectives that have no error and whose networks are known.</summary>
    public IReadOnlyList<ElaboratedObjective> Objectives { get; init; } = [];

    /// <summary>The functions that it leaves to C#.</summary>
    public IReadOnlyList<ExternFunction> Functions { get; init; } = [];

    /// <summary>Its recipes that have no error.</summary>
    internal IReadOnlyList<Recipes.ElaboratedRecipe> Recipes { get; init; } = [];
}
