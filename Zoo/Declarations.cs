using Dlm.Dsl;
using Dlm.Dsl.Syntax;

namespace Dlm.Zoo;

/// <summary>What the files below Models declare, what of it needs what, and how many lines that takes.</summary>
internal sealed class Declarations
{
    private readonly Declared[] _all;

    /// <param name="folder">The folder Models.</param>
    public Declarations(string folder) => _all = [.. Directory.EnumerateFiles(folder, "*.dlm", SearchOption.AllDirectories).Order(StringComparer.Ordinal).SelectMany(path => Read(folder, path))];

    /// <summary>Where a model is declared: in <paramref name="file"/>, or elsewhere in its namespace.</summary>
    public string FileOf(string file, string model) => Find(model, file).File;

    /// <summary>How many lines models have together with the blocks and functions they are made of, without blank ones and comments.</summary>
    public int LinesOf(string file, IEnumerable<string> models) =>
        models.SelectMany(model => Needed(Find(model, file))).Distinct().Where(declared => declared.Syntax is ModelSyntax or FunctionSyntax).Sum(declared => declared.Lines);

    /// <summary>The objectives that step one of a system's models, by name and lines with the pattern and the functions they are made of, and the recipes that train a model or such an objective.</summary>
    public (IReadOnlyList<(string Name, int Lines)> Objectives, IReadOnlyList<string> Recipes) TrainingOf(ZooSystem system)
    {
        IReadOnlyList<string> named = system.Objectives;
        Declared[] own = [.. system.Counted.Select(counted => Find(counted.Name, system.File))];
        Declared[] objectives = [.. _all.Where(declared => declared.Syntax is ObjectiveSyntax && Needed(declared).Intersect(own).Any() && (named.Count == 0 || named.Contains(declared.Name)))];
        Declared[] recipes = [.. _all.Where(declared => declared.Syntax is TrainSyntax && declared.Uses.Select(name => FindOrNull(name, declared.File)).Any(used => own.Contains(used) || objectives.Contains(used)))];
        return ([.. objectives.Select(objective => (objective.Name, Needed(objective, isPart: used => used.Syntax is ObjectiveSyntax or FunctionSyntax).Sum(part => part.Lines)))], [.. recipes.Select(recipe => recipe.Name)]);
    }

    private static IEnumerable<Declared> Read(string folder, string path)
    {
        FileSyntax file = DlmCompiler.Parse(path, File.ReadAllText(path)).Syntax;
        string @namespace = file.Namespace?.Name.Text ?? "";
        foreach (DeclarationSyntax declaration in file.Declarations)
        {
            string[] lines = declaration.ToString().Split('\n');
            yield return new Declared(
                declaration.Name.Text,
                @namespace,
                Path.GetRelativePath(folder, path).Replace('\\', '/'),
                declaration,
                lines.Count(line => line.Trim() is { Length: > 0 } text && !text.StartsWith("//", StringComparison.Ordinal)),
                [.. Words(declaration).Distinct().Where(word => word != declaration.Name.Text)]);
        }
    }

    private static IEnumerable<string> Words(SyntaxElement element) => element switch
    {
        SyntaxToken { Kind: SyntaxKind.Identifier } token => [token.Text],
        SyntaxNode node => node.Children.SelectMany(Words),
        _ => [],
    };

    private HashSet<Declared> Needed(Declared root, Func<Declared, bool>? isPart = null)
    {
        HashSet<Declared> found = [root];
        Queue<Declared> open = new(found);
        while (open.TryDequeue(out Declared? next))
        {
            foreach (Declared used in next.Uses.Select(name => FindOrNull(name, next.File)).OfType<Declared>().Where(used => isPart?.Invoke(used) != false && found.Add(used))) open.Enqueue(used);
        }

        return found;
    }

    private Declared Find(string name, string file) => FindOrNull(name, file) ?? throw new InvalidOperationException($"Models/{file} has no model '{name}', and no other file of its namespace has.");

    // In the file's own namespace first, then where there is one alone.
    private Declared? FindOrNull(string name, string file)
    {
        Declared[] named = [.. _all.Where(declared => declared.Name == name)];
        string @namespace = _all.First(declared => declared.File == file).Namespace;
        return named.FirstOrDefault(declared => declared.Namespace == @namespace) ?? (named.Length == 1 ? named[0] : null);
    }

    private sealed record Declared(string Name, string Namespace, string File, DeclarationSyntax Syntax, int Lines, IReadOnlyList<string> Uses)
    {
        public bool Equals(Declared? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(File + Name);
    }
}
