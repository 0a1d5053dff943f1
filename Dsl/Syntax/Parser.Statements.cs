namespace Dlm.Dsl.Syntax;

internal sealed partial class Parser
{
    private static readonly string[] BindingWords = ["const", "layer", "param", "buffer", "metric", "output"];

    private BlockBodySyntax ParseBody()
    {
        var open = Take();
        var statements = new List<StatementSyntax>();
        depth++;
        if (depth > MostDepth)
        {
            statements.Add(new SkippedStatementSyntax(SkipTooDeep()));
        }
        else
        {
            while (!AtListEnd()) statements.Add(ParseStatement());
        }
        depth--;
        if (!At(SyntaxKind.CloseBrace))
        {
            ReportUnclosed(open, "}");
        }
        return new BlockBodySyntax(open, statements, CloseOrMissing(SyntaxKind.CloseBrace));
    }

    private StatementSyntax ParseStatement() => ParseStatement(ParseStatementCore, "'->' or the end of the line");

    private StatementSyntax ParseStatement(Func<StatementSyntax> parse, string expectedBehind)
    {
        Hushed = false;
        var start = statementStart = position;
        var statement = parse();
        // A line that begins with no statement, such as ": {", must not be read again and again.
        if (position > start && AtStatementEnd()) return statement;

        ReportUnexpected(expectedBehind);
        var skipped = new List<SyntaxToken>();
        var nested = 0;
        while (!At(SyntaxKind.EndOfFile) && !AtDeclaration() && (nested > 0 || position == start || !AtStatementEnd() || AtNextLineOfStatement()))
        {
            if (At(SyntaxKind.OpenBrace)) nested++;
            if (At(SyntaxKind.CloseBrace)) nested--;
            skipped.Add(Take());
        }
        return new BrokenStatementSyntax(statement, skipped);
    }

    // parallel { a: { ... }  b: { ... } }: after a closing brace the line may go on.
    private bool AtStatementEnd() =>
        Current.StartsLine || AtListEnd() || (position > 0 && tokens[position - 1].Kind == SyntaxKind.CloseBrace && Current.Kind is SyntaxKind.Identifier);

    // Lines that only go on with what a broken one began have nothing more to say.
    private bool AtNextLineOfStatement() => At(SyntaxKind.Arrow) || Current.Is("then") || Current.Is("else");

    private StatementSyntax ParseStatementCore()
    {
        var wordThenName = Peek().Kind == SyntaxKind.Identifier && !Peek().StartsLine;
        if (wordThenName && BindingWords.Any(Current.Is)) return ParseBinding(Take(), ParsePrimary());
        if (wordThenName && Current.Is("expect")) return ParseExpect();
        if (AtInit()) return ParseInit();
        if ((Current.Is("require") || Current.Is("yield")) && AtOperandOnSameLine()) return new KeywordStatementSyntax(Take(), ParseChain());
        if (ParseObjectiveStatement() is { } step) return step;
        var expression = ParseChain();
        return At(SyntaxKind.Equals) ? ParseBinding(null, expression) : new FlowStatementSyntax(expression);
    }

    // require = ..., require: ..., require -> ... and a lone require are names, not the word.
    private bool AtOperandOnSameLine() =>
        !Peek().StartsLine && Peek().Kind is SyntaxKind.Identifier or SyntaxKind.Integer or SyntaxKind.OpenParen or SyntaxKind.Minus;

    private BindingSyntax ParseBinding(SyntaxToken? keyword, ExpressionSyntax target)
    {
        var colon = keyword is null ? null : TakeIf(SyntaxKind.Colon);
        var type = colon is null ? null : ParseType();
        // A buffer or parameter may do without a value; anything else needs one.
        if (type is not null && !At(SyntaxKind.Equals)) return new BindingSyntax(keyword, target, colon, type, null, null);
        var equals = Expect(SyntaxKind.Equals, "'=' and a value");
        return new BindingSyntax(keyword, target, colon, type, equals, ParseChain());
    }

    private ExpectSyntax ParseExpect()
    {
        var keyword = Take();
        var elements = new List<SyntaxElement> { ParseExpectedFigure() };
        while (At(SyntaxKind.Comma))
        {
            elements.Add(Take());
            elements.Add(ParseExpectedFigure());
        }
        return new ExpectSyntax(keyword, new SeparatedList<ExpectedFigureSyntax>(elements));
    }

    private ExpectedFigureSyntax ParseExpectedFigure()
    {
        var name = Expect(SyntaxKind.Identifier, "parameters, macs or output");
        return new ExpectedFigureSyntax(name, name.Text == "output" ? ParseType() : ParsePrimary());
    }
}
