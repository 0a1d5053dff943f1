using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Dlm.Generator.Tests.Harness;

/// <summary>The properties that a build makes visible to the generator.</summary>
/// <param name="rootNamespace">The project's.</param>
/// <param name="directory">The project's folder.</param>
/// <param name="libraries">The files that libraries ship, each with the library's root namespace.</param>
internal sealed class DlmOptions(string rootNamespace, string directory, IReadOnlyDictionary<string, string> libraries) : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } = new Properties(new(StringComparer.Ordinal)
    {
        ["build_property.RootNamespace"] = rootNamespace,
        ["build_property.ProjectDir"] = directory,
    });

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Properties(
        !libraries.TryGetValue(textFile.Path, out var library) ? [] : new(StringComparer.Ordinal)
        {
            ["build_metadata.AdditionalFiles.DlmLibrary"] = "true",
            ["build_metadata.AdditionalFiles.DlmRootNamespace"] = library,
        });

    private sealed class Properties(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}
