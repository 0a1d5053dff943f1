using Dlm.Dsl.Text;

namespace Dlm.Dsl;

/// <summary>What other files can know of a file without its bodies.</summary>
/// <param name="Path">The file.</param>
/// <param name="Namespace">The namespace it declares, or the empty string.</param>
/// <param name="Declares">The names of its models, blocks and functions, sorted.</param>
/// <param name="Uses">The namespaces it imports with <c>use</c>, sorted.</param>
/// <param name="Mentions">Every name it mentions that it does not declare itself, sorted.</param>
public sealed record FileSummary(
    string Path,
    string Namespace,
    EquatableArray<string> Declares,
    EquatableArray<string> Uses,
    EquatableArray<string> Mentions);

/// <summary>
/// Which file needs which. A file depends on those that declare a name it mentions, in its own namespace or in one it
/// imports, and on what those depend on; an edit re-compiles a file and its dependents and nothing else.
/// </summary>
public sealed record ProjectIndex(EquatableArray<FileSummary> Files)
{
    /// <summary>The paths of the files that <paramref name="path"/> depends on, sorted, without itself.</summary>
    public EquatableArray<string> ImportsOf(string path) => default;
}
