using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Elaboration;

/// <summary>
/// Which declarations of a file can be elaborated: not those whose spelling is wrong, nor those that depend on one, for whatever
/// is found in them may only follow from that.
/// </summary>
internal static class Soundness
{
    /// <summary>The declarations of <paramref name="file"/> that are spelled right down to everything they mention.</summary>
    public static ISet<DeclarationSyntax> Sound(ParsedFile file)
    {
        var spans = file.BrokenDeclarations;
        var broken = file.Syntax.Declarations.Where(d => spans.Contains(d.Span)).ToArray();
        return new HashSet<DeclarationSyntax>(broken.Length == 0 ? file.Syntax.Declarations : file.Syntax.Declarations.Except(DependentsOf(broken, file)));
    }

    // These declarations and all that mention one of them, directly or through others.
    private static HashSet<DeclarationSyntax> DependentsOf(DeclarationSyntax[] declarations, ParsedFile file)
    {
        var found = new HashSet<DeclarationSyntax>(declarations);
        var open = new Queue<DeclarationSyntax>(declarations);
        var mentioning = file.Syntax.Declarations.SelectMany(d => FileSummary.NamesIn(d).Distinct(), (d, name) => (Declaration: d, Name: name)).ToLookup(m => m.Name, m => m.Declaration);
        while (open.Count > 0)
        {
            foreach (var dependent in mentioning[open.Dequeue().Name.Text])
            {
                if (found.Add(dependent)) open.Enqueue(dependent);
            }
        }
        return found;
    }
}
