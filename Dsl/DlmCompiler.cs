using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Emission;
using Dlm.Dsl.Passes;
using Dlm.Dsl.Text;

namespace Dlm.Dsl;

/// <summary>What a project says once for all its files.</summary>
/// <param name="RootNamespace">The namespace of a file that declares none.</param>
public sealed record CompilerOptions(string RootNamespace)
{
    /// <summary>Whether the project references Dlm.Runtime, over which objectives and recipes are written.</summary>
    public bool HasRuntime { get; init; } = true;
}

/// <summary>A C# file made from a <c>.dlm</c> file.</summary>
/// <param name="HintName">
/// A name after the file's own, ending in <c>.g.cs</c>. A front that puts the files of several folders in one place has to tell them apart.
/// </param>
/// <param name="Text">The C#, with <c>\n</c> at line ends.</param>
public sealed record GeneratedSource(string HintName, string Text);

/// <summary>All that compiling one file gives.</summary>
public sealed record CompiledFile(EquatableArray<GeneratedSource> Sources, EquatableArray<Diagnostic> Diagnostics);

/// <summary>The compiler as its fronts see it: pure functions from texts to C# and diagnostics.</summary>
public static class DlmCompiler
{
    /// <summary>Parses a file; broken input too.</summary>
    /// <param name="path">The path that diagnostics show.</param>
    /// <param name="text">The whole text.</param>
    /// <param name="library">
    /// For a file of a referenced library, its root namespace: the file's declarations are known and nothing is emitted for them, since
    /// their classes are in the library.
    /// </param>
    public static ParsedFile Parse(string path, string text, string? library = null) => new(path, text, library);

    /// <summary>What other files can know of <paramref name="file"/>.</summary>
    public static FileSummary Summarize(ParsedFile file) => FileSummary.Of(file);

    /// <summary>Checks <paramref name="file"/> and gives the models and blocks that have no error, with all that is known of them.</summary>
    /// <param name="file">The file.</param>
    /// <param name="imports">The files that <see cref="ProjectIndex.ImportsOf"/> named.</param>
    /// <param name="options">The project's options.</param>
    public static ElaboratedFile Elaborate(ParsedFile file, EquatableArray<ParsedFile> imports = default, CompilerOptions? options = null)
    {
        var diagnostics = new DiagnosticBag(file.Source);
        var rootNamespace = (options ?? new CompilerOptions("")).RootNamespace;
        var declarations = new DeclarationTable(file, imports, rootNamespace);
        var elaborator = new Elaborator(diagnostics, new ElaborationSession(declarations, diagnostics));
        var (models, classes) = elaborator.Elaborate(file);
        if (!diagnostics.HasErrors && file.Diagnostics.Count == 0) UnusedNames.Check(file, imports, rootNamespace, diagnostics);
        var shown = new Suppressions(file).Apply([.. file.Diagnostics, .. diagnostics.Diagnostics]);
        return new ElaboratedFile(models, classes, shown.OrderBy(d => d.Span.Start).ToEquatableArray()) { Objectives = elaborator.Objectives, Functions = elaborator.Functions, Recipes = elaborator.Recipes };
    }

    /// <summary>
    /// Checks and emits <paramref name="file"/>. Never throws: whatever goes wrong inside becomes one diagnostic. A file with an
    /// error gives no C#, so that the build shows the error and not its consequences.
    /// </summary>
    /// <param name="file">The file to compile.</param>
    /// <param name="imports">The files that <see cref="ProjectIndex.ImportsOf"/> named.</param>
    /// <param name="options">The project's options.</param>
    public static CompiledFile Compile(ParsedFile file, EquatableArray<ParsedFile> imports, CompilerOptions options)
    {
        try
        {
            var elaborated = Elaborate(file, imports, options);
            var @namespace = file.NamespaceIn(options.RootNamespace);
            if (CSharpNames.IsTaken(@namespace)) return new CompiledFile(default, elaborated.Diagnostics.Concat(TakenNamespace(file, @namespace)).ToEquatableArray());
            var hasErrors = elaborated.Diagnostics.Any(d => d.Severity == Severity.Error);
            if (!options.HasRuntime) elaborated = WithoutRuntime(file, elaborated);
            var text = hasErrors ? null : FileEmitter.Emit(@namespace, elaborated, file.Source);
            var sources = text is null ? default : new EquatableArray<GeneratedSource>([new GeneratedSource(HintNameOf(file.Path), text)]);
            return new CompiledFile(sources, elaborated.Diagnostics);
        }
#pragma warning disable CA1031 // The compiler runs in the user's editor: a fault in one file must not take the others along.
        catch (Exception exception)
        {
            return new CompiledFile(default, new([ProjectDiagnostics.Fault(file.Path, exception)]));
        }
#pragma warning restore CA1031
    }

    // The models are good without it, and written: what uses them shall not fail as well.
    private static ElaboratedFile WithoutRuntime(ParsedFile file, ElaboratedFile elaborated)
    {
        var names = new HashSet<string>(elaborated.Recipes.Select(r => r.Name).Concat(elaborated.Objectives.Select(o => o.Name)), StringComparer.Ordinal);
        if (file.Syntax.Declarations.FirstOrDefault(d => names.Contains(d.Name.Text)) is not { } first) return elaborated;
        var diagnostics = new DiagnosticBag(file.Source);
        diagnostics.At(first.Name.Span).RuntimeMissing(first.Name.Text);
        return elaborated with { Objectives = [], Recipes = [], Diagnostics = elaborated.Diagnostics.Concat(diagnostics.Diagnostics).ToEquatableArray() };
    }

    private static IEnumerable<Diagnostic> TakenNamespace(ParsedFile file, string @namespace)
    {
        var diagnostics = new DiagnosticBag(file.Source);
        diagnostics.At(file.Syntax.Namespace?.Name.Span ?? default).ReservedNamespace(@namespace);
        return diagnostics.Diagnostics;
    }

    private static string HintNameOf(string path)
    {
        var name = path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);
        return (name.EndsWith(".dlm", StringComparison.OrdinalIgnoreCase) ? name.Substring(0, name.Length - 4) : name) + ".g.cs";
    }
}
