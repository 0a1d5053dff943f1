using Dlm.Dsl.Text;

namespace Dlm.Dsl.Diagnostics;

/// <summary>How much a diagnostic matters; an error stops the emission of its file.</summary>
public enum Severity
{
    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>Probably a mistake.</summary>
    Warning,

    /// <summary>The model has no meaning as written.</summary>
    Error,
}

/// <summary>
/// One mistake at one place of a <c>.dlm</c> file. <paramref name="Message"/> may have several lines; its first says
/// all that a one-line display needs.
/// </summary>
/// <param name="Id">DLMnnnn; has a page in docs/diagnostics.</param>
/// <param name="Severity">Error, warning or info.</param>
/// <param name="Title">What kind of mistake this is, the same for every diagnostic with this id.</param>
/// <param name="Message">What is wrong here, and what to write instead.</param>
/// <param name="Path">The file, as it was given to the compiler.</param>
/// <param name="Span">Where to edit.</param>
/// <param name="Start">The span's first position.</param>
/// <param name="End">The position after the span.</param>
public sealed record Diagnostic(
    string Id,
    Severity Severity,
    string Title,
    string Message,
    string Path,
    TextSpan Span,
    LinePosition Start,
    LinePosition End)
{
    /// <summary>Whether it lies in <paramref name="span"/>.</summary>
    internal bool IsIn(TextSpan span) => Span.Start >= span.Start && Span.End <= span.End;

    /// <summary>The form of a build log: <c>file(line,column): error DLMnnnn: message</c>, counted from one.</summary>
    public override string ToString() =>
        $"{Path}({Start.Line + 1},{Start.Column + 1}): {Severity.ToString().ToLowerInvariant()} {Id}: {Message}";
}
