using System.Collections.Immutable;
using Dlm.Dsl;
using Dlm.Dsl.Text;

namespace Dlm.Generator;

/// <summary>All files of a project, found by path.</summary>
internal sealed class Project : IEquatable<Project>
{
    private readonly EquatableArray<DlmFile> files;
    private readonly ProjectIndex index;
    private readonly Dictionary<string, DlmFile> byPath = new(StringComparer.Ordinal);
    private readonly HashSet<string> folded = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> twins = new(StringComparer.OrdinalIgnoreCase);

    private Project(EquatableArray<DlmFile> files, ProjectIndex index)
    {
        this.files = files;
        this.index = index;
        foreach (var file in files)
        {
            if (byPath.ContainsKey(file.Path)) continue;
            byPath.Add(file.Path, file);
            if (!folded.Add(file.Path)) twins.Add(file.Path);
        }
    }

    /// <summary>The index over all summaries, in an order of its own.</summary>
    public static ProjectIndex Index((ImmutableArray<FileSummary> Summaries, ProjectOptions Options) parts, CancellationToken cancellation) => new(
        parts.Summaries.OrderBy(summary => summary.Path, StringComparer.Ordinal).ToEquatableArray(),
        parts.Options.Compiler.RootNamespace);

    /// <summary>The project of these files.</summary>
    public static Project Of((ImmutableArray<DlmFile> Files, ProjectIndex Index) parts, CancellationToken cancellation) =>
        new(parts.Files.ToEquatableArray(), parts.Index);

    /// <summary>Whether <paramref name="file"/> is the one that stands for its path: a build may list a path twice.</summary>
    public bool Has(DlmFile file) => ReferenceEquals(byPath[file.Path], file);

    /// <summary>Whether another path differs from <paramref name="path"/> in upper and lower case alone.</summary>
    public bool HasTwin(string path) => twins.Contains(path);

    /// <summary>The files that <paramref name="file"/> depends on.</summary>
    public EquatableArray<ParsedFile> ImportsOf(DlmFile file) =>
        index.ImportsOf(file.Path).Select(path => byPath[path].Parsed!).ToEquatableArray();

    /// <inheritdoc/>
    public bool Equals(Project? other) => other is not null && files == other.files && index == other.index;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Project);

    /// <inheritdoc/>
    public override int GetHashCode() => files.GetHashCode();
}
