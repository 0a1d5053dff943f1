using System.Text;
using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Formatting;

/// <summary>Writes tokens that are laid out, and the comments between them.</summary>
internal sealed class FormatWriter(IReadOnlyList<FormatToken> tokens, FormatOptions options)
{
    private readonly List<(string Code, string? Comment)> lines = [];
    private readonly StringBuilder code = new();
    private string? comment;

    /// <summary>The whole text.</summary>
    public string Write()
    {
        var apart = StartsApart();
        for (var i = 0; i < tokens.Count; i++) Write(i, apart.Contains(i));
        EndLine();
        var text = string.Join(options.LineEnd, Aligned());
        return text.Length > 0 && options.FinalNewline ? text + options.LineEnd : text;
    }

    private void Write(int index, bool isApart)
    {
        var token = tokens[index];
        var isFirst = index == 0 || tokens[index - 1].Kind == SyntaxKind.OpenBrace;
        foreach (var piece in token.Pieces(index == 0))
        {
            if (piece.StartsLine)
            {
                EndLine();
                var mayStandApart = token.BeginsStatement || (piece.IsComment && token.Kind is SyntaxKind.CloseBrace or SyntaxKind.EndOfFile);
                if (!isFirst && (isApart || (mayStandApart && piece.LineEnds > 1))) lines.Add(("", null));
                (isFirst, isApart) = (false, false);
                Indent(token, piece);
            }
            else if (piece.IsComment && piece.Text.StartsWith("//", StringComparison.Ordinal))
            {
                comment = piece.Text;
                continue;
            }
            else if (index > 0)
            {
                code.Append(' ', token.Comments.Count == 0 ? token.Blanks : BlanksAtComment(index, piece));
            }
            code.Append(piece.IsComment ? LineEndsOf(piece.Text) : piece.Text);
        }
    }

    private int BlanksAtComment(int index, Piece piece)
    {
        var isTight = piece.IsComment
            ? index > 0 && tokens[index - 1].Kind is SyntaxKind.OpenParen or SyntaxKind.OpenBracket && code.Length > 0 && code[code.Length - 1] is '(' or '['
            : tokens[index].Kind is SyntaxKind.Comma or SyntaxKind.CloseParen or SyntaxKind.CloseBracket;
        return isTight ? 0 : 1;
    }

    // A comment before what closes a bracket stands with what is inside.
    private void Indent(FormatToken token, Piece piece)
    {
        var column = token.LineColumn;
        if (piece.IsComment && token.Kind is SyntaxKind.CloseBrace or SyntaxKind.CloseParen or SyntaxKind.CloseBracket) column += options.IndentSize;
        if (options.UseTabs) code.Append('\t', column / options.IndentSize).Append(' ', column % options.IndentSize);
        else code.Append(' ', column);
    }

    private string LineEndsOf(string text) =>
        string.Join(options.LineEnd, text.Replace("\r\n", "\n").Replace('\r', '\n').Split('\n').Select(line => line.TrimEnd()));

    private void EndLine()
    {
        if (code.Length > 0 || comment is not null) lines.Add((code.ToString(), comment));
        code.Clear();
        comment = null;
    }

    // What a blank line sets apart whatever the author did: the head of the file, and declarations of several lines.
    private HashSet<int> StartsApart()
    {
        var apart = new HashSet<int>();
        var starts = Enumerable.Range(0, tokens.Count).Where(i => tokens[i].BeginsStatement && tokens[i].Braces is null && tokens[i].Kind != SyntaxKind.EndOfFile).ToArray();
        for (var i = 1; i < starts.Length; i++)
        {
            var (above, below) = (tokens[starts[i - 1]].Parent, tokens[starts[i]].Parent);
            if (above.GetType() != below.GetType() && (above is NamespaceSyntax or UseSyntax)) apart.Add(starts[i]);
            else if (HasLines(i - 1) || HasLines(i)) apart.Add(starts[i]);
        }
        return apart;

        bool HasLines(int i) =>
            Enumerable.Range(starts[i] + 1, (i + 1 < starts.Length ? starts[i + 1] : tokens.Count - 1) - starts[i] - 1).Any(t => tokens[t].Breaks);
    }

    // Comments at the ends of lines that follow each other stand below each other.
    private IEnumerable<string> Aligned()
    {
        for (var i = 0; i < lines.Count;)
        {
            var end = i;
            while (end < lines.Count && lines[end].Comment is not null) end++;
            if (end == i) yield return lines[end++].Code;
            var width = lines.Skip(i).Take(end - i).Max(l => l.Code.Length);
            for (; i < end; i++)
            {
                if (lines[i].Comment is { } text) yield return lines[i].Code.PadRight(width) + "  " + text;
            }
        }
    }
}
