using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Dlm.Generator.Tests.Harness;

/// <summary>What generated code is compiled against: the assemblies that the tests run on.</summary>
internal static class References
{
    public static ImmutableArray<MetadataReference> All { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];
}
