using System.Text;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Tests.Baselines;

/// <summary>The source with comment lines between, so that a difference explains itself: <c>//@</c> speaks of the line above.</summary>
internal static class Annotated
{
    /// <summary>Each remark below the line, counted from zero, that it is about.</summary>
    public static string Of(string source, IEnumerable<(int Line, string Remark)> remarks)
    {
        var byLine = remarks.ToLookup(r => r.Line, r => r.Remark);
        var text = new StringBuilder();
        var lines = source.ReplaceLineEndings("\n").Split('\n');
        for (var line = 0; line < lines.Length; line++)
        {
            // The last line end begins no line.
            if (line < lines.Length - 1 || lines[line].Length > 0) text.Append(lines[line]).Append('\n');
            foreach (var remark in byLine[line].SelectMany(r => r.Split('\n'))) text.Append("//@ ").Append(remark).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>A squiggle below the characters of <paramref name="span"/>, as far as its first line goes.</summary>
    public static string Squiggle(SourceText source, TextSpan span)
    {
        var (line, column) = source.PositionOf(span.Start);
        var length = source.LineOf(span.End) == line ? span.Length : 1;
        // The remark's own sign is four wide.
        return column >= 4 ? new string(' ', column - 4) + new string('~', Math.Max(1, length)) : new string('~', Math.Max(1, length - 4 + column));
    }
}
