using Dlm.Dsl.Text;

namespace Dlm.Dsl.Diagnostics;

/// <summary>Collects the diagnostics of one file; at one place only the first of a kind counts.</summary>
internal sealed class DiagnosticBag(SourceText text)
{
    /// <summary>A file with more errors than this is not worth reading further; so many warnings are shown, too.</summary>
    private const int MostErrors = 100;

    private readonly HashSet<(string Id, TextSpan Span)> seen = [];
    private readonly List<Diagnostic> diagnostics = [];

    public SourceText Text { get; } = text;

    private int errors;

    public bool HasErrors => errors > 0;

    public IEnumerable<Diagnostic> Diagnostics =>
        diagnostics.OrderBy(d => d.Span.Start).ThenBy(d => d.Id, StringComparer.Ordinal);

    /// <summary>Begins a diagnostic at <paramref name="span"/>: one method of the result says which.</summary>
    public DiagnosticBuilder At(TextSpan span) => new(this, span);

    public void Add(DiagnosticKind kind, TextSpan span, string message)
    {
        var isError = kind.Severity == Severity.Error;
        if ((isError ? errors > MostErrors : diagnostics.Count - errors >= MostErrors) || !seen.Add((kind.Id, span))) return;
        if (isError && errors++ == MostErrors)
        {
            kind = DiagnosticKinds.TooManyErrors;
            message = $"More than {MostErrors} errors: the rest of the file is not reported.";
        }
        diagnostics.Add(new Diagnostic(
            kind.Id, kind.Severity, kind.Title, message, Text.Path, span, Text.PositionOf(span.Start), Text.PositionOf(span.End)));
    }
}

/// <summary>One typed method a diagnostic, so that all speak with one voice; the files go by stage.</summary>
internal readonly partial struct DiagnosticBuilder(DiagnosticBag bag, TextSpan span)
{
    private void Report(DiagnosticKind kind, string message) => bag.Add(kind, span, message);
}
