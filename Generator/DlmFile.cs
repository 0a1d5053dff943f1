using Dlm.Dsl;
using Diagnostic = Dlm.Dsl.Diagnostics.Diagnostic;

namespace Dlm.Generator;

/// <summary>A <c>.dlm</c> file as far as it could be read.</summary>
/// <param name="Path">The path by which the C# compiler knows it.</param>
/// <param name="Parsed">The file and its tree; null where <paramref name="Fault"/> is not.</param>
/// <param name="Summary">What other files can know of it; null where <paramref name="Fault"/> is not.</param>
/// <param name="Fault">What broke inside the compiler, if anything did.</param>
internal sealed record DlmFile(string Path, ParsedFile? Parsed, FileSummary? Summary, Diagnostic? Fault)
{
    /// <summary>Whether a referenced library ships it: it can be used, and its classes are there.</summary>
    public bool IsLibrary { get; init; }

    /// <summary>Reads and parses it.</summary>
    public static DlmFile Read(DlmItem file, CancellationToken cancellation) => Faults.Guard(
        file.Text.Path,
        cancellation,
        () =>
        {
            // Null where the file cannot be read, which the C# compiler reports itself.
            var source = file.Text.GetText(cancellation)?.ToString() ?? "";
            var parsed = DlmCompiler.Parse(file.Text.Path, source, file.Library);
            return new DlmFile(file.Text.Path, parsed, DlmCompiler.Summarize(parsed), null) { IsLibrary = file.Library is not null };
        },
        fault => new DlmFile(file.Text.Path, null, null, fault) { IsLibrary = file.Library is not null });
}
