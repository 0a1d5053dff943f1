using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Dlm.Generator;

/// <summary>A <c>.dlm</c> file of the build, unread: equal as long as the build hands out the same text with the same metadata.</summary>
/// <param name="Text">The file.</param>
/// <param name="Library">The root namespace of the library that ships it; null for a file of the project itself.</param>
internal sealed record DlmItem(AdditionalText Text, string? Library)
{
    /// <summary>Whether <paramref name="text"/> is one.</summary>
    public static bool Is(AdditionalText text) => text.Path.EndsWith(".dlm", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads what build/Dlm.Generator.targets says of it.</summary>
    public static DlmItem Of((AdditionalText Text, AnalyzerConfigOptionsProvider Options) part, CancellationToken cancellation)
    {
        var options = part.Options.GetOptions(part.Text);
        var isLibrary = options.TryGetValue("build_metadata.AdditionalFiles.DlmLibrary", out var library) && library == "true";
        options.TryGetValue("build_metadata.AdditionalFiles.DlmRootNamespace", out var rootNamespace);
        return new(part.Text, isLibrary ? ProjectOptions.ToNamespace(rootNamespace ?? "") : null);
    }
}
