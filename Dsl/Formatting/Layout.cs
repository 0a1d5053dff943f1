using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Formatting;

/// <summary>
/// Decides where lines end. The author's breaks are kept and put in their usual places, then lines that are too long are broken at
/// their outermost place: so a file that is laid out once stays as it is.
/// </summary>
internal sealed class Layout(IReadOnlyList<FormatToken> tokens, FormatOptions options)
{
    /// <summary>Sets the breaks, blanks and columns of every token.</summary>
    public void Apply()
    {
        Normalize();
        FamilyTable.Align(tokens, options.Width);
        SettingTable.Align(tokens);
        for (var start = 0; start < tokens.Count;)
        {
            // The place to break is looked for near the end first, because a line may be as long as a file. What is broken off may take
            // a place further up its own line along, so the line is laid out again.
            var near = PlaceLine(start, Math.Min(int.MaxValue / NearBy, options.Width) * NearBy);
            if (BreakLine(start, near)) continue;
            var end = PlaceLine(start, int.MaxValue);
            if (end == near || !BreakLine(start, end)) start = end;
        }
    }

    private const int NearBy = 8;

    private void Normalize()
    {
        for (var i = 1; i < tokens.Count; i++)
        {
            var (before, token) = (tokens[i - 1], tokens[i]);
            if (token.BeginsStatement && token.Braces is null) token.Breaks = true;
            if (token.Comments.Count > 0) continue;
            // A line begins with an arrow; none begins with a comma, or with the brace of a body.
            if (token.Breaks && before is { Kind: SyntaxKind.Arrow, Parent: ChainSyntax, Comments.Count: 0 }) (before.Breaks, token.Breaks) = (true, false);
            if (token.Kind == SyntaxKind.OpenBrace && !token.BeginsStatement && !(before.Kind is SyntaxKind.Arrow or SyntaxKind.Equals)) token.Breaks = false;
            if (token.Kind == SyntaxKind.Comma && token.Breaks && tokens[i + 1].Comments.Count == 0) (token.Breaks, tokens[i + 1].Breaks) = (false, true);
        }
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Breaks) Expand(tokens[i].Braces);
        }
    }

    // Braces that hold a line's end have a line for each statement, and so have those around them.
    private void Expand(Braces? braces)
    {
        for (; braces is { IsExpanded: false }; braces = braces.Outer)
        {
            braces.IsExpanded = true;
            if (braces.Starts.Count == 1) continue;
            foreach (var start in braces.Starts) tokens[start].Breaks = true;
        }
    }

    private void Break(int token)
    {
        foreach (var companion in tokens[token].Companions) tokens[companion].Breaks = true;
        tokens[token].Breaks = true;
        Expand(tokens[token].Braces);
    }

    // The index behind the last token of the line, or behind the first that ends behind the limit.
    private int PlaceLine(int start, int limit)
    {
        var first = tokens[start];
        first.LineColumn = ColumnOf(start);
        var column = Place(first, start, first.LineColumn);
        var i = start + 1;
        for (; i < tokens.Count && !tokens[i].Breaks && column <= limit; i++)
        {
            tokens[i].LineColumn = first.LineColumn;
            column = Place(tokens[i], i, column + tokens[i].Blanks);
        }
        return i;
    }

    // Where the token ends that would begin at the column; comments on its line push it on.
    private static int Place(FormatToken token, int index, int column)
    {
        foreach (var piece in token.Pieces(index == 0))
        {
            if (piece.StartsLine) column = token.LineColumn;
            token.Column = column;
            var lastLine = piece.Text.Length - piece.Text.LastIndexOf('\n') - 1;
            column = (lastLine < piece.Text.Length ? 0 : column) + lastLine + 1;
        }
        return token.End;
    }

    /// <summary>Where a line stands that begins with a token.</summary>
    private int ColumnOf(int index)
    {
        var (anchor, token) = (tokens[index].Anchor, tokens[index]);
        if (anchor.Token < 0) return 0;
        var from = tokens[anchor.Token];
        if (anchor.Kind == AnchorKind.Token) return from.Column + anchor.Extra;
        if (anchor.Kind == AnchorKind.Line) return from.LineColumn + anchor.Extra;
        if (!tokens[anchor.Token + 1].Breaks) return from.End;
        return from.LineColumn + (token.Kind is SyntaxKind.CloseParen or SyntaxKind.CloseBracket ? 0 : anchor.Extra);
    }

    private bool BreakLine(int start, int end)
    {
        if (end == start + 1 || tokens[end - 1].End <= options.Width) return false;
        var best = -1;
        for (var i = start + 1; i < end; i++)
        {
            var token = tokens[i];
            if (token.BreakDepth == FormatToken.Never || ColumnOf(i) >= token.Column) continue;
            // The outermost, and of those the last before which the line fits.
            if (best < 0 || token.BreakDepth < tokens[best].BreakDepth
                || (token.BreakDepth == tokens[best].BreakDepth && tokens[i - 1].End <= options.Width)) best = i;
        }
        if (best < 0) return false;
        Break(best);
        return true;
    }
}
