using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Syntax;
using Dlm.Dsl.Text;

namespace Dlm.Dsl;

/// <summary>What other files can know of a file without its bodies.</summary>
/// <param name="Path">The file.</param>
/// <param name="Namespace">The namespace it declares, or its library's; else the empty string.</param>
/// <param name="Declares">The names of its models, blocks and functions, sorted.</param>
/// <param name="Uses">The namespaces it imports with <c>use</c>, sorted.</param>
/// <param name="Mentions">Every name it mentions that it does not declare itself, sorted.</param>
public sealed record FileSummary(
    string Path,
    string Namespace,
    EquatableArray<string> Declares,
    EquatableArray<string> Uses,
    EquatableArray<string> Mentions)
{
    /// <summary>Reads it off the tree.</summary>
    public static FileSummary Of(ParsedFile file)
    {
        var declares = Sorted(file.Syntax.Declarations.Where(d => d is not SkippedDeclarationSyntax && !d.Name.IsMissing).Select(d => d.Name.Text));
        var mentions = Sorted(file.Syntax.Declarations.SelectMany(NamesIn).Except(declares));
        return new FileSummary(
            file.Path, file.NamespaceIn(""), declares, Sorted(file.Syntax.Uses.Select(u => u.Name.Text)), mentions);
    }

    /// <summary>Every name in a declaration, its own included.</summary>
    internal static IEnumerable<string> NamesIn(DeclarationSyntax declaration)
    {
        var open = new Stack<SyntaxElement>([declaration]);
        while (open.Count > 0)
        {
            var element = open.Pop();
            if (element is SyntaxToken token)
            {
                if (token.Kind == SyntaxKind.Identifier) yield return token.Text;
            }
            else foreach (var child in ((SyntaxNode)element).Children) open.Push(child);
        }
    }

    private static EquatableArray<string> Sorted(IEnumerable<string> names) =>
        names.Distinct().OrderBy(n => n, StringComparer.Ordinal).ToEquatableArray();
}

/// <summary>
/// Which file needs which. A file depends on those that declare a name it mentions, in its own namespace or in one it
/// imports, and on what those depend on; an edit re-compiles a file and its dependents and nothing else.
/// </summary>
/// <param name="Files">What each file declares and mentions.</param>
/// <param name="RootNamespace">The namespace of a file that declares none.</param>
public sealed record ProjectIndex(EquatableArray<FileSummary> Files, string RootNamespace = "")
{
    private readonly Lazy<(Dictionary<string, FileSummary> ByPath, ILookup<(string Namespace, string Name), string> Declarers)> tables =
        new(() => TablesOf(Files, RootNamespace));

    /// <summary>
    /// The paths of the files that <paramref name="path"/> depends on, sorted, without itself. Of two files that declare one
    /// name the one that comes later depends on the other, to say so; and one that mentions a name which it does not see depends on what
    /// was probably meant.
    /// </summary>
    public EquatableArray<string> ImportsOf(string path)
    {
        var (byPath, declarers) = tables.Value;
        if (!byPath.TryGetValue(path, out var self)) return default;
        var twins = self.Declares.SelectMany(name => declarers[(NamespaceOf(self, RootNamespace), name)])
            .Where(twin => string.CompareOrdinal(twin, path) < 0);
        var found = new HashSet<string>(StringComparer.Ordinal) { path };
        var open = new Queue<string>(found);
        while (open.Count > 0)
        {
            if (!byPath.TryGetValue(open.Dequeue(), out var file)) continue;
            foreach (var @namespace in file.Uses.Append(NamespaceOf(file, RootNamespace)))
            {
                foreach (var name in file.Mentions)
                {
                    foreach (var declarer in declarers[(@namespace, name)])
                    {
                        if (found.Add(declarer)) open.Enqueue(declarer);
                    }
                }
            }
        }
        found.UnionWith(twins);
        found.UnionWith(Meant(self));
        found.Remove(path);
        return found.OrderBy(p => p, StringComparer.Ordinal).ToEquatableArray();
    }

    // A model's name that is declared in a namespace which the file does not use, or one that is spelled nearly so. Shorter ones are dimensions.
    private IEnumerable<string> Meant(FileSummary self)
    {
        var (_, declarers) = tables.Value;
        string[] seen = [.. self.Uses, NamespaceOf(self, RootNamespace)];
        var unknown = self.Mentions.Where(name => name.Length > 2 && char.IsUpper(name[0]) && !seen.Any(n => declarers.Contains((n, name)))).ToArray();
        if (unknown.Length == 0) return [];
        var elsewhere = declarers.ToLookup(d => d.Key.Name);
        var visible = declarers.Where(d => seen.Contains(d.Key.Namespace)).Select(d => d.Key.Name).ToArray();
        return unknown.SelectMany(name => elsewhere.Contains(name)
            ? elsewhere[name].SelectMany(d => d)
            : Spelling.Nearest(name, visible) is { } nearest ? seen.SelectMany(n => declarers[(n, nearest)]) : []);
    }

    /// <inheritdoc/>
    public bool Equals(ProjectIndex? other) => other is not null && Files == other.Files && RootNamespace == other.RootNamespace;

    /// <inheritdoc/>
    public override int GetHashCode() => Files.GetHashCode();

    private static (Dictionary<string, FileSummary> ByPath, ILookup<(string Namespace, string Name), string> Declarers) TablesOf(
        EquatableArray<FileSummary> files, string rootNamespace)
    {
        var byPath = new Dictionary<string, FileSummary>(StringComparer.Ordinal);
        foreach (var file in files) byPath[file.Path] = file;
        var declarers = files.SelectMany(f => f.Declares, (f, name) => (f.Path, Key: (NamespaceOf(f, rootNamespace), name))).ToLookup(d => d.Key, d => d.Path);
        return (byPath, declarers);
    }

    private static string NamespaceOf(FileSummary file, string rootNamespace) => file.Namespace.Length > 0 ? file.Namespace : rootNamespace;
}
