using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Syntax;

/// <summary>Cuts a text into tokens. Total: every character lands in a token or in the blanks before one.</summary>
internal sealed class Lexer(SourceText source, DiagnosticBag diagnostics)
{
    private readonly string text = source.Text;
    private int position;

    /// <summary>Whether the text ends in a comment that is never closed.</summary>
    public bool EndsInComment { get; private set; }

    /// <summary>All tokens; the last is the end of the file.</summary>
    public IReadOnlyList<SyntaxToken> Lex()
    {
        var tokens = new List<SyntaxToken>();
        do
        {
            tokens.Add(NextToken());
        }
        while (tokens[tokens.Count - 1].Kind != SyntaxKind.EndOfFile);
        return tokens;
    }

    private char Current => Peek(0);

    private char Peek(int ahead) => position + ahead < text.Length ? text[position + ahead] : '\0';

    private SyntaxToken NextToken()
    {
        var leadingStart = position;
        var startsLine = SkipTrivia() || leadingStart == 0;
        var leading = text.Substring(leadingStart, position - leadingStart);
        var start = position;
        var kind = position == text.Length ? SyntaxKind.EndOfFile : Scan();
        return new SyntaxToken(kind, leading, text.Substring(start, position - start), start, startsLine);
    }

    // Returns whether a line ended.
    private bool SkipTrivia()
    {
        var lineEnded = false;
        while (position < text.Length)
        {
            var c = Current;
            if (c is '\n' or '\r')
            {
                lineEnded = true;
                position++;
            }
            else if (char.IsWhiteSpace(c) || c == '\uFEFF')
            {
                position++;
            }
            else if (c == '/' && Peek(1) == '/')
            {
                while (position < text.Length && Current is not ('\n' or '\r')) position++;
            }
            else if (c == '/' && Peek(1) == '*')
            {
                lineEnded |= SkipBlockComment();
            }
            else
            {
                break;
            }
        }
        return lineEnded;
    }

    private bool SkipBlockComment()
    {
        var start = position;
        var end = text.IndexOf("*/", position + 2, StringComparison.Ordinal);
        if (end < 0)
        {
            EndsInComment = true;
            diagnostics.At(new TextSpan(start, 2)).UnterminatedComment();
        }
        position = end < 0 ? text.Length : end + 2;
        return text.IndexOf('\n', start, position - start) >= 0;
    }

    private SyntaxKind Scan()
    {
        var c = Current;
        if (IsIdentifierStart(c)) return ScanIdentifier();
        if (IsDigit(c) || (c == '.' && IsDigit(Peek(1)))) return ScanNumber();
        if (c == '"') return ScanString();
        if (c == '=' && Peek(1) == '>') return ScanBad();
        foreach (var (sign, kind) in Signs)
        {
            if (string.CompareOrdinal(text, position, sign, 0, sign.Length) != 0) continue;
            position += sign.Length;
            return kind;
        }
        return ScanBad();
    }

    private SyntaxKind ScanIdentifier()
    {
        while (IsIdentifierStart(Current) || IsDigit(Current) || IsCombining(Current)) position++;
        return SyntaxKind.Identifier;
    }

    // 61_100_840, 0.714, 1e-4, 0.714G. A range 0..n and a member 4.x keep their dots.
    private SyntaxKind ScanNumber()
    {
        var start = position;
        var kind = SyntaxKind.Integer;
        SkipDigits();
        if (Current == '.' && IsDigit(Peek(1)))
        {
            kind = SyntaxKind.Float;
            position++;
            SkipDigits();
        }
        if (Current is 'e' or 'E' && (IsDigit(Peek(1)) || (Peek(1) is '+' or '-' && IsDigit(Peek(2)))))
        {
            kind = SyntaxKind.Float;
            position += 2;
            SkipDigits();
        }
        if (Current is 'K' or 'M' or 'G' or 'T' && !IsIdentifierStart(Peek(1)) && !IsDigit(Peek(1)))
        {
            kind = SyntaxKind.Quantity;
            position++;
        }
        if (kind == SyntaxKind.Integer && !long.TryParse(text.Substring(start, position - start).Replace("_", ""), out _))
        {
            diagnostics.At(new TextSpan(start, position - start)).NumberOutOfRange(text.Substring(start, position - start));
        }
        return kind;
    }

    private void SkipDigits()
    {
        while (IsDigit(Current) || (Current == '_' && (IsDigit(Peek(1)) || Peek(1) == '_'))) position++;
    }

    private SyntaxKind ScanString()
    {
        var start = position++;
        while (position < text.Length && Current is not ('"' or '\n' or '\r')) position += Current == '\\' && Peek(1) is '"' or '\\' ? 2 : 1;
        if (Current == '"' && position < text.Length)
        {
            position++;
            return SyntaxKind.String;
        }
        diagnostics.At(new TextSpan(start, position - start)).UnterminatedString();
        return SyntaxKind.Bad;
    }

    // A run of strange characters is one mistake.
    private SyntaxKind ScanBad()
    {
        var start = position;
        while (position < text.Length && !StartsSomething(Current) && !IsForeignQuote(Current)) position++;
        if (position == start) position += Current == '=' ? 2 : IsForeignQuote(Current) ? ForeignTextLength() : 1;
        var first = text[start];
        var shown = char.IsControl(first) || char.IsSurrogate(first) ? $"Character U+{(int)first:X4}" : first == '=' ? "'=>'" : $"'{first}'";
        diagnostics.At(new TextSpan(start, position - start)).UnexpectedCharacter(shown, first);
        return SyntaxKind.Bad;
    }

    // A text in single quotes, or in those that a word processor put in, is one mistake, too.
    private int ForeignTextLength()
    {
        for (var length = 1; position + length < text.Length && Peek(length) is not ('\n' or '\r'); length++)
        {
            if (IsForeignQuote(Peek(length))) return length + 1;
        }
        return 1;
    }

    private static bool IsForeignQuote(char c) => c is '\'' or '\u2018' or '\u2019' or '\u201C' or '\u201D' or '\u201E';

    private static bool StartsSomething(char c) =>
        IsIdentifierStart(c) || IsDigit(c) || char.IsWhiteSpace(c) || c == '"' || Signs.Any(s => s.Sign[0] == c);

    private static bool IsIdentifierStart(char c) => c == '_' || (c < 128 ? c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' : char.IsLetter(c));

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    private static bool IsCombining(char c) =>
        c >= 128 && char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;

    // Longest first, where one begins another.
    private static readonly (string Sign, SyntaxKind Kind)[] Signs =
    [
        ("...", SyntaxKind.Ellipsis), ("..", SyntaxKind.DotDot), (".", SyntaxKind.Dot),
        ("->", SyntaxKind.Arrow), ("-", SyntaxKind.Minus),
        ("**", SyntaxKind.StarStar), ("*", SyntaxKind.Star),
        ("==", SyntaxKind.EqualsEquals), ("=", SyntaxKind.Equals), ("!=", SyntaxKind.BangEquals),
        ("<=", SyntaxKind.LessEquals), ("<", SyntaxKind.Less), (">=", SyntaxKind.GreaterEquals), (">", SyntaxKind.Greater),
        ("(", SyntaxKind.OpenParen), (")", SyntaxKind.CloseParen), ("[", SyntaxKind.OpenBracket), ("]", SyntaxKind.CloseBracket),
        ("{", SyntaxKind.OpenBrace), ("}", SyntaxKind.CloseBrace), (",", SyntaxKind.Comma), (":", SyntaxKind.Colon),
        ("?", SyntaxKind.Question), ("+", SyntaxKind.Plus), ("/", SyntaxKind.Slash), ("%", SyntaxKind.Percent), ("@", SyntaxKind.At),
    ];
}
