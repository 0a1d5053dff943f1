using Dlm.Dsl.Text;

namespace Dlm.Dsl.Diagnostics;

/// <summary>Collects the diagnostics of one file; at one place only the first of a kind counts.</summary>
internal sealed class DiagnosticBag(SourceText text)
{
    /// <summary>A file with more errors than this is not worth reading further; so many warnings are shown, too.</summary>
    private const int MostErrors = 100;

    private readonly HashSet<(string Id, TextSpan Span)> seen = [];
    private readonly List<Diagnostic> diagnostics = [];
    private readonly HashSet<string> reportedNames = new(StringComparer.Ordinal);
    private int errors;

    public SourceText Text { get; } = text;

    /// <summary>Where in a model the text is being elaborated; said at the end of what is wrong with shapes.</summary>
    public string? Instance { get; init; }

    public int ErrorCount => errors;

    public bool HasErrors => errors > 0;

    /// <summary>Whether it has said that there are too many: looking further would only take time.</summary>
    public bool IsFull => errors > MostErrors;

    /// <summary>Whether there is an error at a place in <paramref name="span"/>.</summary>
    public bool HasErrorIn(TextSpan span) => errors > 0 && diagnostics.Any(d => d.Severity == Severity.Error && d.Span.Start >= span.Start && d.Span.End <= span.End);

    public IEnumerable<Diagnostic> Diagnostics =>
        diagnostics.OrderBy(d => d.Span.Start).ThenBy(d => d.Id, StringComparer.Ordinal);

    /// <summary>Begins a diagnostic at <paramref name="span"/>: one method of the result says which.</summary>
    public DiagnosticBuilder At(TextSpan span) => new(this, span);

    public void Add(DiagnosticKind kind, TextSpan span, string message)
    {
        if (!HasRoom(kind.Severity) || !seen.Add((kind.Id, span))) return;
        if (kind.Severity == Severity.Error && errors++ == MostErrors)
        {
            kind = DiagnosticKinds.TooManyErrors;
            message = $"More than {MostErrors} errors: the rest of the file is not reported.";
        }
        if (Instance is { Length: > 0 } && kind.Id.StartsWith("DLM02", StringComparison.Ordinal)) message = WithInstance(message, Instance);
        diagnostics.Add(new Diagnostic(
            kind.Id, kind.Severity, kind.Title, message, Text.Path, span, Text.PositionOf(span.Start), Text.PositionOf(span.End)));
    }

    /// <summary>Whether a name is reported for the first time: a block that is missing is missed wherever it is mentioned.</summary>
    public bool IsFirst(string name) => reportedNames.Add(name);

    /// <summary>
    /// Adds what was found in the body that <paramref name="call"/> calls: at its place where that is in this text, else its first
    /// error at the call. A requirement that does not hold is the caller's mistake, and so are shapes that a function cannot work with.
    /// </summary>
    public void Take(DiagnosticBag other, string callee, TextSpan call, bool isFunction = false)
    {
        if (!ReferenceEquals(other.Text, Text))
        {
            if (other.Diagnostics.FirstOrDefault(d => d.Severity == Severity.Error) is { } error) At(call).FailsInside(callee, error);
            return;
        }
        foreach (var found in other.diagnostics)
        {
            var diagnostic = IsOfTheCall(found, isFunction) ? Moved(found, callee, call) : found;
            if (!HasRoom(diagnostic.Severity) || !seen.Add((diagnostic.Id, diagnostic.Span))) continue;
            if (diagnostic.Severity == Severity.Error) errors++;
            diagnostics.Add(diagnostic);
        }
    }

    private static bool IsOfTheCall(Diagnostic diagnostic, bool isFunction) => diagnostic.Id == DiagnosticKinds.RequirementFails.Id
        || (isFunction && (diagnostic.Id == DiagnosticKinds.WrongInputCount.Id || diagnostic.Id.StartsWith("DLM02", StringComparison.Ordinal)));

    private Diagnostic Moved(Diagnostic diagnostic, string callee, TextSpan call)
    {
        var message = WithInstance(diagnostic.Message, $"{callee}, line {diagnostic.Start.Line + 1}");
        if (Instance is { Length: > 0 } && diagnostic.Id != DiagnosticKinds.RequirementFails.Id) message = WithInstance(message, Instance);
        return diagnostic with { Message = message, Span = call, Start = Text.PositionOf(call.Start), End = Text.PositionOf(call.End) };
    }

    private bool HasRoom(Severity severity) => severity == Severity.Error ? errors <= MostErrors : diagnostics.Count - errors < MostErrors;

    // The hint is the last thing said.
    private static string WithInstance(string message, string instance)
    {
        var help = message.IndexOf("\n    help:", StringComparison.Ordinal);
        return help < 0 ? $"{message}\n    in {instance}" : message.Insert(help, $"\n    in {instance}");
    }
}

/// <summary>One typed method a diagnostic, so that all speak with one voice; the files go by stage.</summary>
internal readonly partial struct DiagnosticBuilder(DiagnosticBag bag, TextSpan span)
{
    private void Report(DiagnosticKind kind, string message) => bag.Add(kind, span, message);
}
