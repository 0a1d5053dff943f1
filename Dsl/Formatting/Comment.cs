namespace Dlm.Dsl.Formatting;

/// <summary>A comment before a token.</summary>
/// <param name="Text">With its slashes, without blanks at its end.</param>
/// <param name="LineEnds">How many line ends stand before it, behind what comes before.</param>
internal sealed record Comment(string Text, int LineEnds)
{
    /// <summary>Whether it ends with its line.</summary>
    public bool IsLine => Text.StartsWith("//", StringComparison.Ordinal);

    /// <summary>The comments in the blanks before a token, and the line ends behind the last of them.</summary>
    public static (IReadOnlyList<Comment> Comments, int LineEnds) Read(string leading)
    {
        var comments = new List<Comment>();
        var lineEnds = 0;
        for (var i = 0; i < leading.Length;)
        {
            if (leading[i] != '/')
            {
                if (leading[i] == '\n' || (leading[i] == '\r' && (i + 1 == leading.Length || leading[i + 1] != '\n'))) lineEnds++;
                i++;
                continue;
            }
            var end = leading[i + 1] == '*' ? leading.IndexOf("*/", i + 2, StringComparison.Ordinal) + 2 : leading.IndexOfAny(['\n', '\r'], i);
            if (end < i) end = leading.Length;
            comments.Add(new Comment(leading.Substring(i, end - i).TrimEnd(), lineEnds));
            (i, lineEnds) = (end, 0);
        }
        return (comments, lineEnds);
    }
}
