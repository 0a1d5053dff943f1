using Dlm.Dsl.Diagnostics;

namespace Dlm.Dsl.Syntax;

internal sealed partial class Parser
{
    private static readonly string[] DeclarationWords = ["model", "block", "fn", "extern", "objective", "train", "use", "namespace"];

    /// <summary>Parses the whole file.</summary>
    public FileSyntax ParseFile()
    {
        NamespaceSyntax? @namespace = null;
        var uses = new List<UseSyntax>();
        var declarations = new List<DeclarationSyntax>();
        if (Current.Is("namespace")) @namespace = new NamespaceSyntax(Take(), ParseQualifiedName());
        while (!At(SyntaxKind.EndOfFile))
        {
            Hushed = false;
            if (Current.Is("use") && declarations.Count == 0) uses.Add(new UseSyntax(Take(), ParseQualifiedName()));
            else declarations.Add(ParseDeclaration());
        }
        return new FileSyntax(@namespace, uses, declarations, Take());
    }

    /// <summary>Whether a declaration begins here, which ends whatever was left open before it.</summary>
    private bool AtDeclaration() =>
        Current.StartsLine && AtDeclarationWord() && Peek().Kind == SyntaxKind.Identifier && !Peek().StartsLine;

    private bool AtDeclarationWord() =>
        Current.Is("model") || Current.Is("block") || Current.Is("fn") || Current.Is("objective") || Current.Is("train") || (Current.Is("extern") && Peek().Is("fn"));

    private QualifiedNameSyntax ParseQualifiedName()
    {
        var parts = new List<SyntaxElement> { ExpectNameOnLine() };
        while (At(SyntaxKind.Dot) && OnSameLine)
        {
            parts.Add(Take());
            parts.Add(ExpectNameOnLine());
        }
        return new QualifiedNameSyntax(parts);
    }

    // The next line has a declaration, whose word is no part of the name.
    private SyntaxToken ExpectNameOnLine()
    {
        if (OnSameLine) return Expect(SyntaxKind.Identifier, "a name");
        ReportUnexpected("a name");
        return Missing(SyntaxKind.Identifier);
    }

    private DeclarationSyntax ParseDeclaration()
    {
        if (!AtDeclarationWord()) return ParseSkippedDeclaration();
        isBroken = false;
        if (Current.Is("extern")) return ParseFunction(Take());
        if (Current.Is("objective")) return ParseObjective();
        if (Current.Is("train")) return ParseTrain();
        return Current.Is("fn") ? ParseFunction(null) : ParseModel();
    }

    private ModelSyntax ParseModel()
    {
        var keyword = Take();
        var name = Expect(SyntaxKind.Identifier, $"the {keyword.Text}'s name");
        var parameters = At(SyntaxKind.OpenParen) ? ParseParameterList() : null;
        if (TakeIf(SyntaxKind.Equals) is { } equals)
        {
            var value = ParseExpression();
            return new ModelSyntax(keyword, name, parameters, null, null, equals, value, Current.Is("expect") ? ParseExpect() : null);
        }
        var signature = TakeIf(SyntaxKind.Colon) is { } colon ? ParseSignature(colon) : null;
        if (signature is null) ReportUnexpected("':' and what flows in and out, such as : [B, 3, H, W] -> [B, classes]");
        return new ModelSyntax(keyword, name, parameters, signature, ParseDeclarationBody("'{' and the stages"), null, null, null);
    }

    private BlockBodySyntax ParseDeclarationBody(string expected)
    {
        if (At(SyntaxKind.OpenBrace)) return ParseBody();
        ReportUnexpected(expected);
        return new BlockBodySyntax(Missing(SyntaxKind.OpenBrace), SkipToDeclaration(), Missing(SyntaxKind.CloseBrace));
    }

    private FunctionSyntax ParseFunction(SyntaxToken? externKeyword)
    {
        var keyword = Take();
        var name = Expect(SyntaxKind.Identifier, "the function's name");
        ParameterListSyntax? parameters = null;
        if (At(SyntaxKind.OpenParen)) parameters = ParseParameterList();
        else ReportUnexpected("'(' and the parameters");
        if (externKeyword is not null)
        {
            var arrow = Expect(SyntaxKind.Arrow, "'->' and the result's type");
            return new FunctionSyntax(externKeyword, keyword, name, parameters, arrow, ParseType(), null, null);
        }
        var equals = Expect(SyntaxKind.Equals, "'=' and the value");
        return new FunctionSyntax(null, keyword, name, parameters, null, null, equals, ParseChain());
    }

    private ParameterListSyntax ParseParameterList()
    {
        var open = Take();
        var items = ParseList(open, SyntaxKind.CloseParen, ParseParameter);
        return new ParameterListSyntax(open, items, CloseOrMissing(SyntaxKind.CloseParen));
    }

    private ParameterSyntax ParseParameter()
    {
        var name = Expect(SyntaxKind.Identifier, "a parameter's name");
        var colon = TakeIf(SyntaxKind.Colon);
        var type = colon is null ? null : ParseType();
        var equals = TakeIf(SyntaxKind.Equals);
        return new ParameterSyntax(name, colon, type, equals, equals is null ? null : ParseExpression());
    }

    private TypeSyntax ParseType()
    {
        SyntaxToken? modifier = Current.Is("frozen") && Peek().Kind == SyntaxKind.Identifier ? Take() : null;
        var name = TakeIf(SyntaxKind.Identifier);
        if (At(SyntaxKind.OpenBracket))
        {
            var open = Take();
            var dimensions = ParseList(open, SyntaxKind.CloseBracket, ParseExpression);
            return new TypeSyntax(modifier, name, open, dimensions, CloseOrMissing(SyntaxKind.CloseBracket), TakeIf(SyntaxKind.Question));
        }
        if (name is null) ReportUnexpected("a type, such as int or [B, 3, H, W]");
        return new TypeSyntax(modifier, name ?? Missing(SyntaxKind.Identifier), null, null, null, TakeIf(SyntaxKind.Question));
    }

    private SignatureSyntax ParseSignature(SyntaxToken colon)
    {
        var inputs = ParsePorts();
        var arrow = Expect(SyntaxKind.Arrow, "'->' and what flows out");
        return new SignatureSyntax(colon, inputs, arrow, ParsePorts());
    }

    private PortListSyntax ParsePorts()
    {
        if (!At(SyntaxKind.OpenParen)) return new PortListSyntax(null, null, ParseType(), null);
        var open = Take();
        var ports = ParseList(open, SyntaxKind.CloseParen, ParseParameter);
        return new PortListSyntax(open, ports, null, CloseOrMissing(SyntaxKind.CloseParen));
    }

    private SkippedDeclarationSyntax ParseSkippedDeclaration()
    {
        // A brace too many, where a bracket went wrong before, only follows from that.
        if (!Hushed && !At(SyntaxKind.Bad) && !(At(SyntaxKind.CloseBrace) && isBroken))
        {
            var hint = Current.Text switch
            {
                "}" => " A '}' above may be one too many.",
                "namespace" => " A file has one namespace, on its first line.",
                "use" => " It belongs before the first declaration.",
                "extern" => " Write extern fn.",
                var word => Spelling.DidYouMean(word, DeclarationWords),
            };
            diagnostics.At(Current.Span).UnexpectedDeclaration(Describe(Current), hint);
        }
        return new SkippedDeclarationSyntax(SkipTokens());
    }

    private IReadOnlyList<StatementSyntax> SkipToDeclaration()
    {
        var skipped = At(SyntaxKind.EndOfFile) || AtDeclaration() ? [] : SkipTokens();
        return skipped.Count == 0 ? [] : [new SkippedStatementSyntax(skipped)];
    }

    private IReadOnlyList<SyntaxToken> SkipTokens()
    {
        var skipped = new List<SyntaxToken>();
        do
        {
            skipped.Add(Take());
        }
        while (!At(SyntaxKind.EndOfFile) && !AtDeclaration());
        return skipped;
    }
}
