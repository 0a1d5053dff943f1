using System.Collections.Immutable;
using Dlm.Dsl.Diagnostics;
using Microsoft.CodeAnalysis;
using Diagnostic = Dlm.Dsl.Diagnostics.Diagnostic;

namespace Dlm.Generator;

/// <summary>The reference to TorchSharp, which generated C# is compiled against.</summary>
internal static class TorchSharpReference
{
    private const string Name = "TorchSharp";

    /// <summary>Whether <paramref name="reference"/> is to it: a file, or a project in an editor.</summary>
    public static bool Is(MetadataReference reference) => reference switch
    {
        CompilationReference project => project.Compilation.AssemblyName == Name,
        PortableExecutableReference file => Path.GetFileNameWithoutExtension(file.FilePath) == Name,
        _ => false,
    };

    /// <summary>Whether there is one.</summary>
    public static bool IsAny(ImmutableArray<MetadataReference> references, CancellationToken cancellation) => references.Length > 0;

    /// <summary>The error of a project that has <c>.dlm</c> files and no such reference.</summary>
    public static IEnumerable<Diagnostic> Missing((ImmutableArray<CompilerInput> Files, bool HasTorch) project, CancellationToken cancellation) =>
        project.HasTorch || project.Files.Length == 0 ? [] : [ProjectDiagnostics.TorchSharpMissing()];
}
