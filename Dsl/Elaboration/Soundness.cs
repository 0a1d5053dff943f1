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
        var broken = file.Syntax.Declarations.Where(d => spans.Contains(d.Span)).ToList();
        var sound = new HashSet<DeclarationSyntax>(file.Syntax.Declarations.Except(broken));
        if (broken.Count == 0) return sound;
        var mentions = sound.ToDictionary(d => d, d => new HashSet<string>(FileSummary.NamesIn(d), StringComparer.Ordinal));
        for (var i = 0; i < broken.Count; i++)
        {
            var name = broken[i].Name.Text;
            foreach (var dependent in mentions.Where(m => sound.Contains(m.Key) && m.Value.Contains(name)).Select(m => m.Key).ToArray())
            {
                sound.Remove(dependent);
                broken.Add(dependent);
            }
        }
        return sound;
    }
}
