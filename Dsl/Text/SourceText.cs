namespace Dlm.Dsl.Text;

/// <summary>A text and where its lines begin.</summary>
public sealed class SourceText
{
    private readonly List<int> lineStarts = [0];

    /// <summary>Wraps <paramref name="text"/>; lines end at <c>\n</c>, <c>\r\n</c> or <c>\r</c>, as Roslyn counts them.</summary>
    public SourceText(string path, string text)
    {
        Path = path;
        Text = text;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n'))) lineStarts.Add(i + 1);
        }
    }

    /// <summary>The file's path, as diagnostics show it.</summary>
    public string Path { get; }

    /// <summary>The whole text.</summary>
    public string Text { get; }

    /// <summary>How many lines there are; an empty text has one.</summary>
    public int LineCount => lineStarts.Count;

    /// <summary>The line and column, from zero, of a position.</summary>
    public LinePosition PositionOf(int offset)
    {
        var line = LineOf(offset);
        return new LinePosition(line, offset - lineStarts[line]);
    }

    /// <summary>The line, from zero, that holds <paramref name="offset"/>.</summary>
    public int LineOf(int offset)
    {
        var line = lineStarts.BinarySearch(offset);
        return line >= 0 ? line : ~line - 1;
    }

    /// <summary>The characters of <paramref name="span"/>.</summary>
    public string ToString(TextSpan span) => Text.Substring(span.Start, span.Length);
}
