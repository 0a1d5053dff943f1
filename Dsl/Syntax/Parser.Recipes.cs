namespace Dlm.Dsl.Syntax;

internal sealed partial class Parser
{
    private static readonly string[] Units = ["x", "epoch", "epochs", "step", "steps"];

    // Elsewhere a name behind a number is a mistake.
    private bool isInRecipe;

    private TrainSyntax ParseTrain()
    {
        var keyword = Take();
        var name = Expect(SyntaxKind.Identifier, "the recipe's name");
        var on = ExpectWord("on", "'on' and what is trained, such as on ResNet20");
        var target = ParseTarget();
        isInRecipe = true;
        var body = ParseSettings();
        isInRecipe = false;
        return new TrainSyntax(keyword, name, on, target, body);
    }

    // A name, alone or with arguments: what stands in braces is settings, whatever is missing before them.
    private ExpressionSyntax ParseTarget()
    {
        if (!At(SyntaxKind.Identifier))
        {
            ReportUnexpected("what is trained, such as ResNet20");
            return new MissingExpressionSyntax([Missing(SyntaxKind.Identifier)]);
        }
        var name = new NameSyntax(Take());
        if (!At(SyntaxKind.OpenParen) || !OnSameLine) return name;
        var open = Take();
        var arguments = ParseList(open, SyntaxKind.CloseParen, ParseArgument);
        return new CallSyntax(name, open, arguments, CloseOrMissing(SyntaxKind.CloseParen));
    }

    private BlockBodySyntax ParseSettings()
    {
        if (!At(SyntaxKind.OpenBrace))
        {
            ReportUnexpected("'{' and the settings");
            return new BlockBodySyntax(Missing(SyntaxKind.OpenBrace), SkipToDeclaration(), Missing(SyntaxKind.CloseBrace));
        }
        var open = Take();
        var settings = new List<StatementSyntax>();
        while (!AtListEnd()) settings.Add(ParseStatement(() => AtInit() ? ParseInit() : ParseSetting(), "',' or the end of the line"));
        if (!At(SyntaxKind.CloseBrace)) ReportUnclosed(open, "}");
        return new BlockBodySyntax(open, settings, CloseOrMissing(SyntaxKind.CloseBrace));
    }

    private SettingSyntax ParseSetting()
    {
        var name = Expect(SyntaxKind.Identifier, "a setting, such as loss or optimizer");
        if (name.IsMissing) return new SettingSyntax(name, null, null, new SeparatedList<ArgumentSyntax>([]));
        SyntaxToken? pattern = null, colon = null;
        if (At(SyntaxKind.String) && OnSameLine && Peek().Kind == SyntaxKind.Colon) (pattern, colon) = (Take(), Take());
        var items = new List<SyntaxElement>();
        // What a setting needs is asked for by its meaning; a line that ends with a comma goes on in the next.
        while (items.Count == 0 ? !Current.StartsLine && !AtListEnd() : At(SyntaxKind.Comma))
        {
            if (items.Count > 0) items.Add(Take());
            items.Add(ParseSettingItem());
        }
        return new SettingSyntax(name, pattern, colon, new SeparatedList<ArgumentSyntax>(items));
    }

    // patience: 10, and decay 0, where a number or text follows a word.
    private ArgumentSyntax ParseSettingItem()
    {
        var isPair = At(SyntaxKind.Identifier) && !Peek().StartsLine
            && Peek().Kind is SyntaxKind.Integer or SyntaxKind.Float or SyntaxKind.Quantity or SyntaxKind.String;
        return isPair ? new ArgumentSyntax(Take(), null, ParseExpression()) : ParseArgument();
    }

    private ExpressionSyntax ParseNumber()
    {
        var number = Take();
        return isInRecipe && OnSameLine && Units.Any(Current.Is) ? new MeasureSyntax(number, Take()) : new LiteralSyntax(number);
    }
}
