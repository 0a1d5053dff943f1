namespace Dlm.Dsl.Syntax;

internal sealed partial class Parser
{
    /// <summary>Whether <c>init { ... }</c> begins here, and no stage or value of that name.</summary>
    private bool AtInit() => Current.Is("init") && (Peek().StartsLine ? AtRuleWithoutBrace() : Peek().Kind == SyntaxKind.OpenBrace);

    // No statement begins so: the brace behind the word is missing, and what follows are its rules.
    private bool AtRuleWithoutBrace() => Peek().Kind == SyntaxKind.String || (Peek().Kind == SyntaxKind.Identifier && Peek(2).Kind == SyntaxKind.Comma);

    private InitSyntax ParseInit()
    {
        var keyword = Take();
        var open = Expect(SyntaxKind.OpenBrace, "'{' and how parameters begin");
        var rules = new List<StatementSyntax>();
        while (!AtListEnd())
        {
            Hushed = false;
            var start = statementStart = position;
            StatementSyntax rule = ParseInitRule();
            if (position == start || !AtInitRuleEnd()) rule = new BrokenStatementSyntax(rule, SkipInitRule(start));
            rules.Add(rule);
        }
        if (!At(SyntaxKind.CloseBrace)) ReportUnclosed(open, "}");
        return new InitSyntax(keyword, new BlockBodySyntax(open, rules, CloseOrMissing(SyntaxKind.CloseBrace)));
    }

    private InitRuleSyntax ParseInitRule()
    {
        var targets = new List<SyntaxElement> { ParseInitTarget() };
        while (At(SyntaxKind.Comma))
        {
            targets.Add(Take());
            targets.Add(ParseInitTarget());
        }
        var colon = Expect(SyntaxKind.Colon, "':' and how it begins, such as normal(0, 0.02)");
        return new InitRuleSyntax(new SeparatedList<InitTargetSyntax>(targets), colon, ParseExpression(), TakeIf(SyntaxKind.Comma));
    }

    private InitTargetSyntax ParseInitTarget()
    {
        if (At(SyntaxKind.String)) return new InitTargetSyntax(Take(), null, null);
        var name = Expect(SyntaxKind.Identifier, "an operator, or a pattern of keys such as \"*.bias\"");
        var dot = OnSameLine ? TakeIf(SyntaxKind.Dot) : null;
        return new InitTargetSyntax(name, dot, dot is null ? null : Expect(SyntaxKind.Identifier, "a parameter of the layer, such as bias"));
    }

    private bool AtInitRuleEnd() => Current.StartsLine || AtListEnd() || tokens[position - 1].Kind == SyntaxKind.Comma;

    private List<SyntaxToken> SkipInitRule(int start)
    {
        ReportUnexpected("',' or the end of the line");
        var skipped = new List<SyntaxToken>();
        while (!AtListEnd() && (position == start || !Current.StartsLine)) skipped.Add(Take());
        return skipped;
    }
}
