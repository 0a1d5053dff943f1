using System.Collections.Immutable;
using Dlm.Dsl.Diagnostics;
using Microsoft.CodeAnalysis;
using Diagnostic = Dlm.Dsl.Diagnostics.Diagnostic;

namespace Dlm.Generator;

/// <summary>The references that generated C# is compiled against: TorchSharp always, Dlm.Runtime where there are recipes.</summary>
internal static class ProjectReferences
{
    private const string TorchSharp = "TorchSharp";
    private const string Runtime = "Dlm.Runtime";

    /// <summary>Whether <paramref name="reference"/> is to TorchSharp: a file, or a project in an editor.</summary>
    public static bool IsTorchSharp(MetadataReference reference) => NameOf(reference) == TorchSharp;

    /// <summary>Whether <paramref name="reference"/> is to the runtime.</summary>
    public static bool IsRuntime(MetadataReference reference) => NameOf(reference) == Runtime;

    /// <summary>Whether there is one.</summary>
    public static bool IsAny(ImmutableArray<MetadataReference> references, CancellationToken cancellation) => references.Length > 0;

    /// <summary>What a project says, with whether it references the runtime.</summary>
    public static ProjectOptions WithRuntime((ProjectOptions Options, bool HasRuntime) parts, CancellationToken cancellation) =>
        parts.Options with { Compiler = parts.Options.Compiler with { HasRuntime = parts.HasRuntime } };

    /// <summary>The error of a project that has <c>.dlm</c> files and no TorchSharp.</summary>
    public static IEnumerable<Diagnostic> Missing((ImmutableArray<CompilerInput> Files, bool HasTorch) project, CancellationToken cancellation) =>
        project.HasTorch || project.Files.Length == 0 ? [] : [ProjectDiagnostics.TorchSharpMissing()];

    private static string? NameOf(MetadataReference reference) => reference switch
    {
        CompilationReference project => project.Compilation.AssemblyName,
        PortableExecutableReference file => Path.GetFileNameWithoutExtension(file.FilePath),
        _ => null,
    };
}
