using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Text;

namespace Dlm.Dsl;

/// <summary>What a project says once for all its files.</summary>
/// <param name="RootNamespace">The namespace of a file that declares none.</param>
public sealed record CompilerOptions(string RootNamespace);

/// <summary>A C# file made from a <c>.dlm</c> file.</summary>
/// <param name="HintName">A name that is unique in the project and stable between builds, ending in <c>.g.cs</c>.</param>
/// <param name="Text">The C#, with <c>\n</c> at line ends.</param>
public sealed record GeneratedSource(string HintName, string Text);

/// <summary>All that compiling one file gives.</summary>
public sealed record CompiledFile(EquatableArray<GeneratedSource> Sources, EquatableArray<Diagnostic> Diagnostics);

/// <summary>The compiler as its fronts see it: pure functions from texts to C# and diagnostics.</summary>
public static class DlmCompiler
{
    /// <summary>Parses a file; broken input too.</summary>
    public static ParsedFile Parse(string path, string text) => new(path, text);

    /// <summary>What other files can know of <paramref name="file"/>.</summary>
    public static FileSummary Summarize(ParsedFile file) => new(file.Path, "", default, default, default);

    /// <summary>
    /// Checks and emits <paramref name="file"/>. Never throws: whatever goes wrong inside becomes one diagnostic.
    /// </summary>
    /// <param name="file">The file to compile.</param>
    /// <param name="imports">The files that <see cref="ProjectIndex.ImportsOf"/> named.</param>
    /// <param name="options">The project's options.</param>
    public static CompiledFile Compile(ParsedFile file, EquatableArray<ParsedFile> imports, CompilerOptions options) =>
        new(default, default);
}
