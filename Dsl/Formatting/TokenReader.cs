using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Formatting;

/// <summary>Lays a tree out as a row of tokens, each knowing where a line that it begins would stand, and how well it could begin one.</summary>
internal sealed class TokenReader(int step)
{
    private readonly List<FormatToken> tokens = [];

    // The first token of what the next braces belong to, where that is not theirs.
    private int? head;

    /// <summary>The tokens of a file without mistakes, with the line breaks that its author chose.</summary>
    public static IReadOnlyList<FormatToken> Read(FileSyntax file, int step)
    {
        var reader = new TokenReader(step);
        foreach (var child in file.Children)
        {
            var start = reader.tokens.Count;
            reader.Visit(child, file, Anchor.Margin, new Place(new Anchor(AnchorKind.Token, start, 2 * step), null, 0));
            reader.tokens[start].BeginsStatement = true;
            reader.tokens[start].Anchor = Anchor.Margin;
        }
        reader.ReadBlanks();
        return reader.tokens;
    }

    /// <summary>What holds for the tokens of a construct.</summary>
    /// <param name="Anchor">Where a line stands that begins with one of them.</param>
    /// <param name="Braces">The innermost braces around it.</param>
    /// <param name="Depth">How deep a break at one of them would be.</param>
    private readonly record struct Place(Anchor Anchor, Braces? Braces, int Depth);

    // The first token of a construct stands where its surroundings say, the others where the construct says.
    private void Visit(SyntaxElement element, SyntaxNode parent, Anchor first, Place place)
    {
        switch (element)
        {
            case SyntaxToken token:
                if (token.IsMissing) return;
                tokens.Add(new FormatToken(token, parent, first, place.Braces));
                break;
            case DeclarationSyntax declaration:
                VisitDeclaration(declaration, first);
                break;
            case BlockBodySyntax body:
                VisitBody(body, first, place);
                break;
            case SettingSyntax setting:
                VisitSetting(setting, first, place);
                break;
            case ChainSyntax chain:
                VisitRow(chain, first, place with { Anchor = new Anchor(AnchorKind.Token, tokens.Count, step) }, t => t.Kind == SyntaxKind.Arrow);
                break;
            case IfSyntax choice:
                VisitIf(choice, first, place, new Anchor(AnchorKind.Token, tokens.Count, step));
                break;
            case BinarySyntax { Operator.Kind: not SyntaxKind.DotDot } binary:
                VisitBinary(binary, first, place with { Anchor = new Anchor(AnchorKind.Token, tokens.Count, step), Depth = place.Depth + 1 });
                break;
            default:
                VisitChildren((SyntaxNode)element, first, place);
                break;
        }
    }

    private void VisitDeclaration(DeclarationSyntax declaration, Anchor first)
    {
        var start = tokens.Count;
        var place = new Place(new Anchor(AnchorKind.Token, start, 2 * step), null, 2);
        foreach (var child in declaration.Children)
        {
            var anchor = tokens.Count == start ? first : place.Anchor;
            var from = tokens.Count;
            if (child is BlockBodySyntax body) VisitBody(body, anchor, place with { Depth = -1 }, new Anchor(AnchorKind.Token, start, 0));
            else Visit(child, declaration, anchor, child is SyntaxToken ? place : place with { Depth = 4 });
            if (child is SignatureSyntax)
            {
                tokens[from].BreakDepth = 2;
                foreach (var token in tokens.Skip(from).Where(t => t.Kind == SyntaxKind.Arrow && t.Parent is SignatureSyntax)) token.BreakDepth = 3;
            }
            if (child is ExpectSyntax) tokens[from].BreakDepth = 2;
        }
    }

    // However many lines the head of a loop has, its body is set off from the first of them. Methods of their own, and a field: Visit is on the
    // stack once for each level of a tree.
    private void VisitBody(BlockBodySyntax body, Anchor first, Place place)
    {
        var start = head ?? tokens.Count;
        head = null;
        VisitBody(body, first, place, new Anchor(AnchorKind.Line, start, 0));
    }

    private void VisitBody(BlockBodySyntax body, Anchor first, Place place, Anchor outside)
    {
        var braces = new Braces(tokens.Count, place.Braces);
        foreach (var child in body.Children)
        {
            var start = tokens.Count;
            switch (child)
            {
                case StatementSyntax:
                    Visit(child, body, outside with { Extra = outside.Extra + step }, new Place(new Anchor(AnchorKind.Token, start, 2 * step), braces, place.Depth + 2));
                    tokens[start].BeginsStatement = true;
                    break;
                case SyntaxToken token when start == braces.Open:
                    tokens.Add(new FormatToken(token, body, first, place.Braces));
                    continue;
                case SyntaxToken token:
                    tokens.Add(new FormatToken(token, body, outside, braces));
                    break;
            }
            tokens[start].BreakDepth = place.Depth + 1;
            braces.Starts.Add(start);
        }
    }

    // a -> b -> c: the stages' own insides lie deeper than the arrows.
    private void VisitRow(SyntaxNode row, Anchor first, Place place, Func<SyntaxToken, bool> isPlaceToBreak)
    {
        var start = tokens.Count;
        SyntaxElement? before = null;
        foreach (var child in row.Children)
        {
            var at = tokens.Count;
            Visit(child, row, at == start ? first : place.Anchor, place with { Depth = place.Depth + 1 });
            if ((child is SyntaxToken token && isPlaceToBreak(token)) || before is SyntaxToken { Kind: SyntaxKind.Comma }) tokens[at].BreakDepth = place.Depth;
            before = child;
        }
    }

    // What goes on in the next line stands below the first value. A method of its own: Visit is on the stack once for each level of a tree.
    private void VisitSetting(SettingSyntax setting, Anchor first, Place place) =>
        VisitRow(setting, first, place with { Anchor = new Anchor(AnchorKind.Token, tokens.Count + 1, 0) }, _ => false);

    // The parts of if a then b else if c then d else e stand below each other.
    private void VisitIf(IfSyntax choice, Anchor first, Place place, Anchor parts)
    {
        var start = tokens.Count;
        var words = new List<int>();
        foreach (var child in choice.Children)
        {
            var at = tokens.Count;
            var anchor = at == start ? first : parts;
            if (child is IfSyntax inner && inner == choice.WhenFalse) VisitIf(inner, anchor, place, parts);
            else Visit(child, choice, anchor, place with { Anchor = new Anchor(AnchorKind.Token, at, step), Depth = place.Depth + 1 });
            if (child is not SyntaxToken || at == start) continue;
            words.Add(at);
            tokens[at].BreakDepth = place.Depth;
        }
        foreach (var word in words) tokens[word].Companions = words;
    }

    // a + b + c is one row, however its tree leans.
    private void VisitBinary(BinarySyntax binary, Anchor first, Place place)
    {
        if (binary.Left is BinarySyntax { Operator.Kind: not SyntaxKind.DotDot } left) VisitBinary(left, first, place);
        else Visit(binary.Left, binary, first, place);
        tokens.Add(new FormatToken(binary.Operator, binary, place.Anchor, place.Braces) { BreakDepth = place.Depth });
        if (binary.Right is BinarySyntax { Operator.Kind: not SyntaxKind.DotDot } right) VisitBinary(right, place.Anchor, place with { Depth = place.Depth + 1 });
        else Visit(binary.Right, binary, place.Anchor, place);
    }

    // Whatever it is: what stands in brackets stands inside of them, and may break behind a comma.
    private void VisitChildren(SyntaxNode node, Anchor first, Place place)
    {
        var start = tokens.Count;
        var open = -1;
        var afterComma = false;
        foreach (var child in node.Children)
        {
            var at = tokens.Count;
            var isClose = child is SyntaxToken { Kind: SyntaxKind.CloseParen or SyntaxKind.CloseBracket };
            var inside = new Anchor(AnchorKind.Bracket, open, step);
            if (child is BlockBodySyntax) head = start;
            Visit(child, node, at == start ? first : open >= 0 ? inside : place.Anchor,
                open >= 0 ? place with { Anchor = inside, Depth = place.Depth + 2 } : place);
            if (tokens.Count == at) continue;
            if (afterComma && !isClose) tokens[at].BreakDepth = place.Depth + 1;
            afterComma = child is SyntaxToken { Kind: SyntaxKind.Comma };
            if (isClose) open = -1;
            else if (child is SyntaxToken { Kind: SyntaxKind.OpenParen or SyntaxKind.OpenBracket }) open = at;
        }
    }

    private void ReadBlanks()
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            (tokens[i].Comments, tokens[i].LineEnds) = Comment.Read(tokens[i].Token.Leading);
            tokens[i].Breaks = tokens[i].LineEnds > 0 || tokens[i].Comments.Any(c => c.IsLine || c.LineEnds > 0);
            if (i > 0) tokens[i].Blanks = Spacing.Between(tokens[i - 1], tokens[i]);
        }
    }
}
