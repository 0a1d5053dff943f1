using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Formatting;

/// <summary>How many blanks stand between two tokens of a line.</summary>
internal static class Spacing
{
    public static int Between(FormatToken before, FormatToken token)
    {
        if (before.Kind is SyntaxKind.OpenParen or SyntaxKind.OpenBracket or SyntaxKind.Dot or SyntaxKind.DotDot) return 0;
        if (before.Kind == SyntaxKind.Minus && before.Parent is UnarySyntax) return 0;
        if (before.Kind == SyntaxKind.Colon && before.Parent is SliceSyntax) return 0;
        // What stands between braces on one line: a: { relu }  b: { tanh }.
        if (before.Kind == SyntaxKind.CloseBrace && token.BeginsStatement) return 2;
        return token.Kind switch
        {
            SyntaxKind.Comma or SyntaxKind.Question or SyntaxKind.Dot or SyntaxKind.DotDot => 0,
            SyntaxKind.CloseParen or SyntaxKind.CloseBracket => 0,
            SyntaxKind.CloseBrace => before.Kind == SyntaxKind.OpenBrace ? 0 : 1,
            SyntaxKind.Colon => token.Parent is SignatureSyntax || before.Kind == SyntaxKind.Comma ? 1 : 0,
            SyntaxKind.OpenParen => token.Parent is CallSyntax or ParameterListSyntax ? 0 : 1,
            SyntaxKind.OpenBracket => token.Parent is IndexSyntax || (token.Parent is TypeSyntax && before.Parent == token.Parent) ? 0 : 1,
            SyntaxKind.Identifier when token is { Text: "x", Parent: MeasureSyntax } => 0,
            SyntaxKind.Identifier when token is { Text: "expect", Parent: ExpectSyntax } => 2,
            _ => 1,
        };
    }
}
