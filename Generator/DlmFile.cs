using Dlm.Dsl;
using Microsoft.CodeAnalysis;
using Diagnostic = Dlm.Dsl.Diagnostics.Diagnostic;

namespace Dlm.Generator;

/// <summary>A <c>.dlm</c> file as far as it could be read.</summary>
/// <param name="Path">The path by which the C# compiler knows it.</param>
/// <param name="Parsed">The file and its tree; null where <paramref name="Fault"/> is not.</param>
/// <param name="Summary">What other files can know of it; null where <paramref name="Fault"/> is not.</param>
/// <param name="Fault">What broke inside the compiler, if anything did.</param>
internal sealed record DlmFile(string Path, ParsedFile? Parsed, FileSummary? Summary, Diagnostic? Fault)
{
    /// <summary>Whether <paramref name="text"/> is one.</summary>
    public static bool Is(AdditionalText text) => text.Path.EndsWith(".dlm", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads and parses it.</summary>
    public static DlmFile Read(AdditionalText text, CancellationToken cancellation) => Faults.Guard(
        text.Path,
        cancellation,
        () =>
        {
            // Null where the file cannot be read, which the C# compiler reports itself.
            var source = text.GetText(cancellation)?.ToString() ?? "";
            var parsed = DlmCompiler.Parse(text.Path, source);
            return new DlmFile(text.Path, parsed, DlmCompiler.Summarize(parsed), null);
        },
        fault => new DlmFile(text.Path, null, null, fault));
}
