using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using static Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace Dlm.Generator.Tests.Harness;

/// <summary>What one run of the generator gave.</summary>
/// <param name="Result">Sources, steps and the generator's own exception.</param>
/// <param name="Compilation">The project with what was generated.</param>
/// <param name="Diagnostics">What the generator reported, as far as the project's options show it.</param>
internal sealed record DlmRun(GeneratorRunResult Result, CSharpCompilation Compilation, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>The generated C# by name.</summary>
    public SortedDictionary<string, string> Sources => new(
        Result.GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString()), StringComparer.Ordinal);

    /// <summary>What the C# compiler says of the project with what was generated, from warnings on.</summary>
    public IEnumerable<Diagnostic> Problems =>
        Compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);

    /// <summary>What each value that <paramref name="step"/> holds says of itself, and whether it is new.</summary>
    public IEnumerable<(T Value, IncrementalStepRunReason Reason)> Step<T>(string step) =>
        Result.TrackedSteps.TryGetValue(step, out var runs)
            ? runs.SelectMany(run => run.Outputs).Select(output => ((T)output.Value, output.Reason))
            : [];

    /// <summary>The steps that came to a value other than the last run's, in the order of the pipeline.</summary>
    public IEnumerable<string> Changed => StepsWith(reason => reason is not (Cached or Unchanged));

    /// <summary>The steps that did any work, whatever came of it.</summary>
    public IEnumerable<string> Ran => StepsWith(reason => reason is not Cached);

    private IEnumerable<string> StepsWith(Func<IncrementalStepRunReason, bool> isMeant) => typeof(Steps)
        .GetFields()
        .Select(step => step.Name)
        .Where(step => Step<object>(step).Any(output => isMeant(output.Reason)));
}
