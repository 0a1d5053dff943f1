namespace Dlm.Dsl.Syntax;

internal sealed partial class Parser
{
    private static readonly string[] UpdateWords = ["copy", "ema", "clamp"];

    private ObjectiveSyntax ParseObjective()
    {
        var keyword = Take();
        var name = Expect(SyntaxKind.Identifier, "the objective's name");
        var parameters = At(SyntaxKind.OpenParen) ? ParseParameterList() : null;
        if (TakeIf(SyntaxKind.Equals) is { } equals) return new ObjectiveSyntax(keyword, name, parameters, null, null, equals, ParseExpression());
        var signature = TakeIf(SyntaxKind.Colon) is { } colon ? new SignatureSyntax(colon, ParsePorts(), null, null) : null;
        if (signature is null) ReportUnexpected("':' and what a step is given, such as : (image: [B, 1, 28, 28], label: int[B])");
        return new ObjectiveSyntax(keyword, name, parameters, signature, ParseDeclarationBody("'{' and the statements"), null, null);
    }

    /// <summary>The statements that only an objective has, or null where none begins here.</summary>
    private StatementSyntax? ParseObjectiveStatement()
    {
        if (Peek().StartsLine) return null;
        if (Current.Is("every") && Peek().Kind is SyntaxKind.Identifier or SyntaxKind.Integer or SyntaxKind.OpenParen && !IsCallOf("every")) return ParseEvery();
        if (Peek().Kind != SyntaxKind.Identifier) return null;
        if (Current.Is("minimize")) return ParseMinimize();
        return UpdateWords.Any(Current.Is) ? ParseUpdate() : null;
    }

    // every(x) is a call, every (n): a period.
    private bool IsCallOf(string word) => Current.Is(word) && Peek().Kind == SyntaxKind.OpenParen && Peek().Leading.Length == 0;

    private MinimizeSyntax ParseMinimize()
    {
        var keyword = Take();
        var networks = new List<SyntaxElement> { ParseNetworkName() };
        while (At(SyntaxKind.Comma))
        {
            networks.Add(Take());
            networks.Add(ParseNetworkName());
        }
        var colon = Expect(SyntaxKind.Colon, "':' and the loss");
        var loss = ParseChain();
        var arguments = new List<SyntaxElement>();
        while (At(SyntaxKind.Comma))
        {
            arguments.Add(Take());
            arguments.Add(ParseArgument());
        }
        return new MinimizeSyntax(keyword, new SeparatedList<NameSyntax>(networks), colon, loss, new SeparatedList<ArgumentSyntax>(arguments));
    }

    private UpdateSyntax ParseUpdate()
    {
        var keyword = Take();
        var source = ParseNetworkName();
        var (arrow, target) = keyword.Is("clamp") ? (null, null) : (Expect(SyntaxKind.Arrow, "'->' and the network to change"), ParseNetworkName());
        if (keyword.Is("copy")) return new UpdateSyntax(keyword, source, arrow, target, null, null);
        var comma = Expect(SyntaxKind.Comma, keyword.Is("ema") ? "',' and how much stays, such as 0.99" : "',' and the largest value, such as 0.01");
        return new UpdateSyntax(keyword, source, arrow, target, comma, ParseExpression());
    }

    private EverySyntax ParseEvery()
    {
        var keyword = Take();
        var period = ParseExpression();
        var colon = Expect(SyntaxKind.Colon, "':' and what to do then");
        return new EverySyntax(keyword, period, colon, At(SyntaxKind.OpenBrace) ? ParseBody() : ParseNested());
    }

    // every 2: every 2: every 2: ... is as deep as it is long.
    private StatementSyntax ParseNested()
    {
        depth++;
        StatementSyntax statement = depth > MostDepth ? new SkippedStatementSyntax(SkipTooDeep()) : ParseStatementCore();
        depth--;
        return statement;
    }

    private NameSyntax ParseNetworkName() => new(Expect(SyntaxKind.Identifier, "a network's name"));
}
