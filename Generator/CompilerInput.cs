using Dlm.Dsl;
using Dlm.Dsl.Text;

namespace Dlm.Generator;

/// <summary>All that a file's C# and diagnostics depend on: where it is equal, nothing is compiled.</summary>
/// <param name="File">The file.</param>
/// <param name="Imports">The files it depends on.</param>
/// <param name="Options">The project's options.</param>
/// <param name="HintName">What its generated file is called, without an extension.</param>
internal sealed record CompilerInput(DlmFile File, EquatableArray<ParsedFile> Imports, CompilerOptions Options, string HintName)
{
    /// <summary>The input for one file; none where a build lists its path a second time, or where a library has compiled it already.</summary>
    public static IEnumerable<CompilerInput> Of(
        ((DlmFile File, Project Project) Left, ProjectOptions Options) parts, CancellationToken cancellation)
    {
        var ((file, project), options) = parts;
        if (file.IsLibrary || !project.Has(file)) return [];

        var name = Generator.HintName.Of(file.Path, options.Directory, project.HasTwin(file.Path));
        return Faults.Guard<CompilerInput[]>(
            file.Path,
            cancellation,
            () => [new(file, project.ImportsOf(file), options.Compiler, name)],
            fault => [new(file with { Fault = fault }, default, options.Compiler, name)]);
    }

    /// <summary>Compiles it; a fault of an earlier step is what comes out.</summary>
    public static CompiledFile Compile(CompilerInput input, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (input.File.Fault is { } earlier) return new(default, new([earlier]));

        return Faults.Guard<CompiledFile>(
            input.File.Path,
            cancellation,
            () =>
            {
                var compiled = DlmCompiler.Compile(input.File.Parsed!, input.Imports, input.Options);
                return compiled with { Sources = Generator.HintName.Number(compiled.Sources, input.HintName) };
            },
            fault => new(default, new([fault])));
    }
}
