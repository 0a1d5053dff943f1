namespace Dlm.Dsl.Emission;

/// <summary>Writes documentation comments.</summary>
internal static class XmlDoc
{
    /// <summary>Text that stays text inside XML, on one line, without characters that XML forbids.</summary>
    public static string Escape(string text) => string.Concat(text.Select(c => c switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '\t' => " ",
        // What XML 1.0 has no place for, and what C# would take for a line end.
        < ' ' or '\u0085' or '\u2028' or '\u2029' or '\uFFFE' or '\uFFFF' => "\uFFFD",
        _ => char.IsSurrogate(c) ? "\uFFFD" : c.ToString(),
    }));

    /// <summary>An element on one line, or on several where its text has several.</summary>
    public static void Element(IndentedWriter writer, string tag, IReadOnlyList<string> lines, string attributes = "")
    {
        if (lines.Count == 1)
        {
            writer.Line($"/// <{tag}{attributes}>{lines[0]}</{tag}>");
            return;
        }
        writer.Line($"/// <{tag}{attributes}>");
        foreach (var line in lines) writer.Line(line.Length == 0 ? "///" : $"/// {line}");
        writer.Line($"/// </{tag}>");
    }
}
