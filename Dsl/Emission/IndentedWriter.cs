using System.Text;

namespace Dlm.Dsl.Emission;

/// <summary>Writes lines with an indent of four blanks a level, and <c>\n</c> at their ends on every system.</summary>
internal sealed class IndentedWriter
{
    private readonly StringBuilder builder = new();
    private int depth;

    /// <summary>A line; the empty one has no blanks.</summary>
    public void Line(string text = "")
    {
        if (text.Length > 0) builder.Append(' ', depth * 4).Append(text);
        builder.Append('\n');
    }

    /// <summary>A line at the left edge: a directive.</summary>
    public void Directive(string text) => builder.Append(text).Append('\n');

    /// <summary>A line, a brace, and what is written until <see cref="Close"/> one level deeper.</summary>
    public void Open(string text)
    {
        Line(text);
        Line("{");
        depth++;
    }

    /// <summary>The brace that ends <see cref="Open"/>.</summary>
    public void Close(string end = "")
    {
        depth--;
        Line("}" + end);
    }

    /// <summary>Writes lines with their comments in one column, where that is not too far to the right.</summary>
    public void Aligned(IReadOnlyList<(string Code, string? Comment)> lines)
    {
        var column = lines.Where(l => l.Comment is not null && l.Code.Length <= 100).Select(l => l.Code.Length).DefaultIfEmpty(0).Max();
        foreach (var (code, comment) in lines)
        {
            if (code.StartsWith("#", StringComparison.Ordinal)) Directive(code);
            else Line(comment is null ? code : $"{code.PadRight(column)}  // {comment}");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => builder.ToString();
}
