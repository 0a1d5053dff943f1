using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Dlm.Dsl.Diagnostics;
using Diagnostic = Microsoft.CodeAnalysis.Diagnostic;
using DlmDiagnostic = Dlm.Dsl.Diagnostics.Diagnostic;

namespace Dlm.Generator;

/// <summary>Diagnostics of the language as Roslyn shows them.</summary>
internal static class DiagnosticReport
{
    /// <summary>
    /// The diagnostic at its place in the <c>.dlm</c> file. Its message is an argument, so that braces in it are text.
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
        var location = Location.Create(
            diagnostic.Path,
            new TextSpan(diagnostic.Span.Start, diagnostic.Span.Length),
            new LinePositionSpan(
                new LinePosition(diagnostic.Start.Line, diagnostic.Start.Column),
                new LinePosition(diagnostic.End.Line, diagnostic.End.Column)));
        return Diagnostic.Create(descriptor, location, OneLine(diagnostic.Message));
    }

    /// <summary>
    /// The message on one line, its parts between bars: MSBuild takes the first line of what a compiler prints as the
    /// message and drops the rest.
    /// </summary>
    internal static string OneLine(string message) =>
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
