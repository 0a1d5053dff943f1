namespace Dlm.Dsl.Formatting;

/// <summary>
/// Gives a file the one look that all files have. Tokens, comments and the author's line breaks stay; blanks, indentation and
/// lines that are too long change. Formatting what is formatted changes nothing.
/// </summary>
public static class DlmFormatter
{
    /// <summary>The text of <paramref name="file"/>, formatted; as it is where its spelling has mistakes, because then nobody knows what was meant.</summary>
    public static string Format(ParsedFile file, FormatOptions? options = null)
    {
        options ??= new FormatOptions();
        if (file.Diagnostics.Count > 0) return file.Text;
        var tokens = TokenReader.Read(file.Syntax, options.IndentSize);
        new Layout(tokens, options).Apply();
        // A byte order mark is neither token nor comment.
        var mark = file.Text.StartsWith("\uFEFF", StringComparison.Ordinal) ? "\uFEFF" : "";
        return mark + new FormatWriter(tokens, options).Write();
    }
}
