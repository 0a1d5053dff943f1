namespace Dlm.Dsl.Syntax;

/// <summary>Reads the blanks and comments before a token.</summary>
internal static class Trivia
{
    /// <summary>
    /// The <c>///</c> lines at the end of <paramref name="leading"/>, without slashes and one blank. A blank line or a
    /// plain comment after them cuts them off from what follows.
    /// </summary>
    public static IReadOnlyList<string> DocumentationOf(string leading)
    {
        var lines = new List<string>();
        var all = leading.Split('\n');
        // The last piece stands on the token's own line.
        for (var i = all.Length - 2; i >= 0; i--)
        {
            var line = all[i].Trim();
            if (!line.StartsWith("///", StringComparison.Ordinal)) break;
            line = line.Substring(3);
            lines.Insert(0, line.StartsWith(" ", StringComparison.Ordinal) ? line.Substring(1) : line);
        }
        return lines;
    }
}
