using Dlm.Dsl;
using Dlm.Dsl.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Diagnostic = Microsoft.CodeAnalysis.Diagnostic;
using DlmDiagnostic = Dlm.Dsl.Diagnostics.Diagnostic;

namespace Dlm.Generator;

/// <summary>What Roslyn gets: C# and diagnostics.</summary>
internal static class Outputs
{
    /// <summary>Adds a file of C# where TorchSharp is there to compile it against.</summary>
    public static void Emit(SourceProductionContext output, (GeneratedSource Source, bool HasTorch) part)
    {
        if (part.HasTorch) output.AddSource(part.Source.HintName, part.Source.Text);
    }

    /// <summary>Reports a diagnostic.</summary>
    public static void Report(SourceProductionContext output, DlmDiagnostic diagnostic) => output.ReportDiagnostic(diagnostic.ToRoslyn());

    /// <summary>
    /// The diagnostic at its place in the <c>.dlm</c> file, or in the project as such. Its message is an argument, so that braces in it are text.
    /// </summary>
    public static Diagnostic ToRoslyn(this DlmDiagnostic diagnostic)
    {
        var descriptor = new DiagnosticDescriptor(
            diagnostic.Id,
            diagnostic.Title,
            messageFormat: "{0}",
            category: "Dlm",
            ToRoslyn(diagnostic.Severity),
            isEnabledByDefault: true,
            helpLinkUri: $"docs/diagnostics/{diagnostic.Id}.md");
        return Diagnostic.Create(descriptor, LocationOf(diagnostic), OneLine(diagnostic.Message));
    }

    private static Location LocationOf(DlmDiagnostic diagnostic) => diagnostic.Path.Length == 0
        ? Location.None
        : Location.Create(
            diagnostic.Path,
            new TextSpan(diagnostic.Span.Start, diagnostic.Span.Length),
            new LinePositionSpan(
                new LinePosition(diagnostic.Start.Line, diagnostic.Start.Column),
                new LinePosition(diagnostic.End.Line, diagnostic.End.Column)));

    /// <summary>
    /// The message on one line, its parts between bars: MSBuild takes the first line of what a compiler prints as the
    /// message and drops the rest.
    /// </summary>
    private static string OneLine(string message) =>
        string.Join(" | ", message.Split('\n').Select(Words).Where(line => line.Length > 0));

    private static string Words(string line) =>
        string.Join(" ", line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries));

    private static DiagnosticSeverity ToRoslyn(Severity severity) => severity switch
    {
        Severity.Error => DiagnosticSeverity.Error,
        Severity.Warning => DiagnosticSeverity.Warning,
        _ => DiagnosticSeverity.Info,
    };
}
