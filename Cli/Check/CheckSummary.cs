using Dlm.Dsl.Diagnostics;

namespace Dlm.Cli.Check;

/// <summary>What a check found.</summary>
/// <param name="Files">How many files were checked.</param>
/// <param name="Diagnostics">What is wrong with them, by file and place.</param>
internal sealed record CheckSummary(int Files, IReadOnlyList<Diagnostic> Diagnostics)
{
    public int Errors => Diagnostics.Count(d => d.Severity == Severity.Error);

    public int Warnings => Diagnostics.Count(d => d.Severity == Severity.Warning);
}
