namespace Dlm.Dsl.Syntax;

internal sealed partial class Parser
{
    /// <summary>Signs by how tightly they bind; a word such as <c>or</c> is a sign too.</summary>
    private int PrecedenceOf(SyntaxToken token) => token.Kind switch
    {
        SyntaxKind.Identifier when token.Text == "or" => 1,
        SyntaxKind.Identifier when token.Text == "and" => 2,
        SyntaxKind.EqualsEquals or SyntaxKind.BangEquals or SyntaxKind.Less or SyntaxKind.LessEquals
            or SyntaxKind.Greater or SyntaxKind.GreaterEquals => 4,
        SyntaxKind.DotDot => 5,
        SyntaxKind.Plus or SyntaxKind.Minus => 6,
        SyntaxKind.Star or SyntaxKind.Slash or SyntaxKind.Percent or SyntaxKind.At => 7,
        SyntaxKind.StarStar => 9,
        _ => 0,
    };

    private const int NotPrecedence = 3;
    private const int NegationPrecedence = 8;

    /// <summary><c>a -&gt; name: b -&gt; c</c>; the only form in which stages are named.</summary>
    private ExpressionSyntax ParseChain()
    {
        if (TooDeep() is { } skipped) return skipped;
        depth++;
        var first = ParseStage();
        if (At(SyntaxKind.Arrow))
        {
            var elements = new List<SyntaxElement> { first };
            while (At(SyntaxKind.Arrow))
            {
                elements.Add(Take());
                elements.Add(ParseStage());
            }
            first = new ChainSyntax(elements);
        }
        depth--;
        return first;
    }

    private ExpressionSyntax ParseStage()
    {
        if (!At(SyntaxKind.Identifier) || Peek().Kind != SyntaxKind.Colon || Peek().StartsLine) return ParseExpression();
        return new NamedStageSyntax(Take(), Take(), ParseExpression());
    }

    private ExpressionSyntax ParseExpression() => TooDeep() ?? ParseBinary(1);

    private ExpressionSyntax ParseBinary(int least)
    {
        if (TooDeep() is { } skipped) return skipped;
        depth++;
        var left = ParseUnary();
        while (PrecedenceOf(Current) is var precedence && precedence >= least)
        {
            var sign = Take();
            // ** binds to the right: 2 ** 3 ** 2 is 2 ** 9.
            var right = ParseBinary(sign.Kind == SyntaxKind.StarStar ? precedence : precedence + 1);
            left = new BinarySyntax(left, sign, right);
            if (left.Height >= MostHeight) left = SkipRow(left);
        }
        depth--;
        return left;
    }

    private ExpressionSyntax ParseUnary()
    {
        if (Current.Is("not")) return new UnarySyntax(Take(), ParseBinary(NotPrecedence));
        return At(SyntaxKind.Minus) ? new UnarySyntax(Take(), ParseBinary(NegationPrecedence)) : ParsePostfix();
    }

    // A bracket at the start of a line begins a new statement, such as (h, c) = ...
    private ExpressionSyntax ParsePostfix()
    {
        var expression = ParsePrimary();
        while (OnSameLine)
        {
            if (expression.Height >= MostHeight) return SkipRow(expression);
            if (At(SyntaxKind.OpenParen))
            {
                var open = Take();
                var arguments = ParseList(open, SyntaxKind.CloseParen, ParseArgument);
                expression = new CallSyntax(expression, open, arguments, CloseOrMissing(SyntaxKind.CloseParen));
            }
            else if (At(SyntaxKind.OpenBracket))
            {
                var open = Take();
                var indices = ParseList(open, SyntaxKind.CloseBracket, ParseIndex);
                expression = new IndexSyntax(expression, open, indices, CloseOrMissing(SyntaxKind.CloseBracket));
            }
            else if (At(SyntaxKind.Dot))
            {
                expression = new MemberSyntax(expression, Take(), Expect(SyntaxKind.Identifier, "a name"));
            }
            else
            {
                break;
            }
        }
        return expression;
    }

    private ArgumentSyntax ParseArgument()
    {
        if (!At(SyntaxKind.Identifier) || Peek().Kind != SyntaxKind.Colon) return new ArgumentSyntax(null, null, ParseChain());
        return new ArgumentSyntax(Take(), Take(), ParseChain());
    }

    private ExpressionSyntax ParseIndex()
    {
        var start = At(SyntaxKind.Colon) ? null : ParseExpression();
        if (!At(SyntaxKind.Colon)) return start!;
        var colon = Take();
        var stop = AtSliceEnd() ? null : ParseExpression();
        var secondColon = TakeIf(SyntaxKind.Colon);
        return new SliceSyntax(start, colon, stop, secondColon, secondColon is null || AtSliceEnd() ? null : ParseExpression());
    }

    private bool AtSliceEnd() => Current.Kind is SyntaxKind.Colon or SyntaxKind.Comma or SyntaxKind.CloseBracket;

    private ExpressionSyntax ParsePrimary()
    {
        if (AtDeclaration())
        {
            ReportUnexpected("a stage or a value");
            return new MissingExpressionSyntax([Missing(SyntaxKind.Identifier)]);
        }
        switch (Current.Kind)
        {
            case SyntaxKind.Integer or SyntaxKind.Float or SyntaxKind.Quantity:
                return ParseNumber();
            case SyntaxKind.String:
                return new LiteralSyntax(Take());
            case SyntaxKind.Ellipsis:
                return new NameSyntax(Take());
            case SyntaxKind.OpenBrace:
                return new GroupSyntax(null, null, ParseBody());
            case SyntaxKind.OpenBracket:
                var bracket = Take();
                var items = ParseList(bracket, SyntaxKind.CloseBracket, ParseExpression);
                return new ListSyntax(bracket, items, CloseOrMissing(SyntaxKind.CloseBracket));
            case SyntaxKind.OpenParen:
                var paren = Take();
                var members = ParseList(paren, SyntaxKind.CloseParen, ParseChain);
                return new TupleSyntax(paren, members, CloseOrMissing(SyntaxKind.CloseParen));
            case SyntaxKind.Identifier:
                return ParseWord();
            default:
                ReportUnexpected("a stage or a value");
                return new MissingExpressionSyntax([Missing(SyntaxKind.Identifier)]);
        }
    }

    // Words have a meaning only where their form follows, so that a stage or a parameter can have any name.
    private ExpressionSyntax ParseWord()
    {
        var next = Peek().StartsLine ? SyntaxKind.EndOfFile : Peek().Kind;
        switch (Current.Text)
        {
            case "true" or "false":
                return new LiteralSyntax(Take());
            case "if" when next is not (SyntaxKind.Arrow or SyntaxKind.Colon or SyntaxKind.Equals
                or SyntaxKind.Comma or SyntaxKind.CloseParen or SyntaxKind.CloseBracket or SyntaxKind.CloseBrace):
                return ParseIf();
            case "residual" or "parallel" or "checkpoint" when next == SyntaxKind.OpenBrace:
                return new GroupSyntax(Take(), null, ParseBody());
            case "on" when next == SyntaxKind.Identifier:
                return new GroupSyntax(Take(), ParseExpression(), ParseBodyOrMissing());
            case "while" when next is SyntaxKind.Identifier or SyntaxKind.OpenParen:
                return ParseWhile();
            case "repeat" when next is SyntaxKind.Identifier or SyntaxKind.Integer:
                return ParseRepeat();
            case "scan" when next == SyntaxKind.Identifier:
                return ParseScan();
            default:
                return new NameSyntax(Take());
        }
    }

    private IfSyntax ParseIf()
    {
        var ifKeyword = Take();
        var condition = ParseExpression();
        var thenKeyword = ExpectWord("then", "'then' and the value where the condition holds");
        var whenTrue = ParseChain();
        var elseKeyword = ExpectWord("else", "'else' and the value where the condition does not hold");
        return new IfSyntax(ifKeyword, condition, thenKeyword, whenTrue, elseKeyword, ParseChain());
    }

    private RepeatSyntax ParseRepeat()
    {
        var keyword = Take();
        SyntaxToken? variable = null, inKeyword = null;
        if (At(SyntaxKind.Identifier) && Peek().Is("in"))
        {
            variable = Take();
            inKeyword = Take();
        }
        var range = ParseExpression();
        SyntaxToken? asKeyword = null, turnName = null;
        if (Current.Is("as") && !Current.StartsLine)
        {
            asKeyword = Take();
            turnName = Expect(SyntaxKind.Identifier, "what the keys of the turns begin with");
        }
        var alike = Current.Is("alike") && !Current.StartsLine ? Take() : null;
        var inline = Current.Is("inline") && !Current.StartsLine ? Take() : null;
        return new RepeatSyntax(keyword, variable, inKeyword, range, asKeyword, turnName, alike, inline, ParseBodyOrMissing());
    }

    private ScanSyntax ParseScan()
    {
        var head = new List<SyntaxElement> { Take(), Take() };
        var variable = (SyntaxToken)head[1];
        head.Add(ExpectWord("over", "'over dim' and a dimension, or 'over' and a range"));
        var isOverTensor = Current.Is("dim") && !Peek().StartsLine && Peek().Kind is SyntaxKind.Integer or SyntaxKind.Identifier or SyntaxKind.Minus or SyntaxKind.OpenParen;
        if (isOverTensor) head.Add(Take());
        var dimension = ParseExpression();
        head.Add(dimension);
        var states = ParseStates(head);
        return new ScanSyntax(head, variable, isOverTensor, dimension, states, ParseBodyOrMissing());
    }

    private WhileSyntax ParseWhile()
    {
        var head = new List<SyntaxElement> { Take() };
        var condition = ParseExpression();
        head.Add(condition);
        head.Add(ExpectWord("limit", "'limit' and the most steps there can be"));
        var limit = ParseExpression();
        head.Add(limit);
        var states = ParseStates(head);
        return new WhileSyntax(head, condition, limit, states, ParseBodyOrMissing());
    }

    private IReadOnlyList<BindingSyntax> ParseStates(List<SyntaxElement> head)
    {
        if (!Current.Is("with")) return [];
        head.Add(Take());
        var open = Expect(SyntaxKind.OpenParen, "'(' and the state, such as (h = zeros(B, hidden))");
        head.Add(open);
        var list = ParseList(open, SyntaxKind.CloseParen, () => ParseBinding(null, ParsePrimary()));
        head.AddRange(list.Elements);
        head.Add(CloseOrMissing(SyntaxKind.CloseParen));
        return list.Items;
    }

    private BlockBodySyntax ParseBodyOrMissing()
    {
        if (At(SyntaxKind.OpenBrace)) return ParseBody();
        ReportUnexpected("'{' and the stages");
        return new BlockBodySyntax(Missing(SyntaxKind.OpenBrace), [], Missing(SyntaxKind.CloseBrace));
    }

    private SyntaxToken ExpectWord(string word, string expected)
    {
        if (Current.Is(word)) return Take();
        ReportUnexpected(expected);
        return Missing(SyntaxKind.Identifier);
    }

    private MissingExpressionSyntax? TooDeep()
    {
        if (depth < MostDepth) return null;
        var skipped = SkipTooDeep();
        return new MissingExpressionSyntax(skipped.Count == 0 ? [Missing(SyntaxKind.Identifier)] : skipped);
    }

    // Goes on behind the bracket that closes what is open here.
    private IReadOnlyList<SyntaxToken> SkipTooDeep()
    {
        if (!Hushed) diagnostics.At(Current.Span).TooDeep(MostDepth);
        Hushed = true;
        var skipped = new List<SyntaxToken>();
        for (var nested = 0; !At(SyntaxKind.EndOfFile) && !AtDeclaration(); skipped.Add(Take()))
        {
            if (Current.Kind is SyntaxKind.OpenParen or SyntaxKind.OpenBracket or SyntaxKind.OpenBrace) nested++;
            if (Current.Kind is SyntaxKind.CloseParen or SyntaxKind.CloseBracket or SyntaxKind.CloseBrace && nested-- == 0) break;
        }
        return skipped;
    }

    private BrokenRowSyntax SkipRow(ExpressionSyntax row) => new(row, SkipTooDeep());
}
