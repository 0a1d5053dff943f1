using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Formatting;

/// <summary>The settings of a recipe are a table of two columns: names, and what they are set to.</summary>
internal static class SettingTable
{
    public static void Align(IReadOnlyList<FormatToken> tokens)
    {
        var names = new List<int>();
        for (var i = 0; i + 1 < tokens.Count; i++)
        {
            if (!tokens[i].BeginsStatement) continue;
            if (tokens[i].Parent is not SettingSyntax) AlignBehind(names, tokens);
            else if (tokens[i + 1].Parent == tokens[i].Parent || !tokens[i + 1].BeginsStatement) names.Add(i);
        }
        AlignBehind(names, tokens);
    }

    private static void AlignBehind(List<int> names, IReadOnlyList<FormatToken> tokens)
    {
        var width = names.Select(i => tokens[i].Text.Length).DefaultIfEmpty(0).Max();
        foreach (var i in names) tokens[i + 1].Blanks = width - tokens[i].Text.Length + 1;
        names.Clear();
    }
}
