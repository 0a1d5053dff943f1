using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Syntax;

/// <summary>
/// Recursive descent from tokens to a lossless tree. A broken piece becomes a node that holds its tokens; after one error the
/// rest of that statement is not complained about again. This file holds what the others stand on.
/// </summary>
internal sealed partial class Parser(IReadOnlyList<SyntaxToken> tokens, DiagnosticBag diagnostics)
{
    /// <summary>Deeper trees could exhaust the stack of the editor that hosts the compiler.</summary>
    private const int MostDepth = 100;

    /// <summary>The highest tree that rows of signs such as <c>a + b + c</c> may make, each operand a level.</summary>
    private const int MostHeight = 500;

    private int position;
    private int depth;
    private int statementStart = -1;
    private bool isBroken;

    /// <summary>Whether text is lost at the end of the file, in a comment that is never closed: what is missing there may be in it.</summary>
    public bool EndIsCutOff { get; init; }

    /// <summary>Whether the rest of this statement is not complained about again.</summary>
    private bool Hushed
    {
        get => field || (EndIsCutOff && At(SyntaxKind.EndOfFile));
        set
        {
            field = value;
            isBroken |= value;
        }
    }

    private SyntaxToken Current => tokens[position];

    private SyntaxToken Peek(int ahead = 1) => tokens[Math.Min(position + ahead, tokens.Count - 1)];

    /// <summary>Whether the next token goes on the line of the one before it.</summary>
    private bool OnSameLine => !Current.StartsLine;

    private bool At(SyntaxKind kind) => Current.Kind == kind;

    private SyntaxToken Take()
    {
        var token = Current;
        if (token.Kind != SyntaxKind.EndOfFile) position++;
        return token;
    }

    private SyntaxToken? TakeIf(SyntaxKind kind) => At(kind) ? Take() : null;

    /// <summary>Takes a token of <paramref name="kind"/>, or reports it and goes on as if it were there.</summary>
    private SyntaxToken Expect(SyntaxKind kind, string expected)
    {
        if (At(kind)) return Take();
        ReportUnexpected(expected);
        return Missing(kind);
    }

    private SyntaxToken Missing(SyntaxKind kind) => new(kind, "", "", position == 0 ? 0 : tokens[position - 1].Span.End, false);

    private void ReportUnexpected(string expected)
    {
        // A bad character has been reported by the lexer.
        if (!Hushed && !At(SyntaxKind.Bad)) diagnostics.At(ErrorSpan()).UnexpectedToken(Describe(Current), expected);
        Hushed = true;
    }

    // What is missing before a line end is to be written at the end of the line before; what begins a line wrongly stands there.
    private TextSpan ErrorSpan()
    {
        if (position == 0 || position == statementStart || (OnSameLine && !At(SyntaxKind.EndOfFile))) return Current.Span;
        var last = tokens[position - 1].Span;
        return new TextSpan(Math.Max(last.Start, last.End - 1), last.Length == 0 ? 0 : 1);
    }

    private static string Describe(SyntaxToken token) => token.Kind switch
    {
        SyntaxKind.EndOfFile => "the end of the file",
        SyntaxKind.String => token.Text,
        _ => $"'{token.Text}'",
    };

    /// <summary>
    /// Parses items and commas up to <paramref name="close"/>, which it leaves. What is neither is skipped into the list; a
    /// line end where the list cannot go on ends it, so that an unclosed bracket does not swallow the file.
    /// </summary>
    private SeparatedList<T> ParseList<T>(SyntaxToken open, SyntaxKind close, Func<T> parseItem)
        where T : SyntaxNode
    {
        var elements = new List<SyntaxElement>();
        while (!At(close) && !AtListEnd())
        {
            var before = position;
            elements.Add(parseItem());
            if (At(SyntaxKind.Comma))
            {
                elements.Add(Take());
                continue;
            }
            if (At(close)) break;
            if (Current.StartsLine || AtListEnd()) break;
            ReportUnexpected($"',' or '{Sign(close)}'");
            SkipInList(close, elements);
            if (At(SyntaxKind.Comma)) elements.Add(Take());
            else if (position == before) break;
        }
        if (!At(close))
        {
            ReportUnclosed(open, Sign(close));
        }
        return new SeparatedList<T>(elements);
    }

    private void ReportUnclosed(SyntaxToken open, string close)
    {
        // (9 // 2) is no division: the rest of the line, with the bracket, was read as a comment.
        var comment = Current.Leading.Split('\n')[0].TrimStart();
        var hint = comment.StartsWith("//", StringComparison.Ordinal) && comment.Contains(close) ? " The '//' behind it begins a comment; a quotient is written a / b." : "";
        if (!Hushed) diagnostics.At(open.Span).Unclosed(open.Text, close, hint);
        Hushed = true;
    }

    private SyntaxToken CloseOrMissing(SyntaxKind close) => At(close) ? Take() : Missing(close);

    private bool AtListEnd() => Current.Kind is SyntaxKind.EndOfFile or SyntaxKind.CloseBrace || AtDeclaration();

    private void SkipInList(SyntaxKind close, List<SyntaxElement> into)
    {
        var nested = 0;
        while (!AtListEnd() && !Current.StartsLine)
        {
            if (nested == 0 && (At(close) || At(SyntaxKind.Comma))) return;
            if (Current.Kind is SyntaxKind.OpenParen or SyntaxKind.OpenBracket) nested++;
            if (Current.Kind is SyntaxKind.CloseParen or SyntaxKind.CloseBracket)
            {
                if (nested == 0) return;
                nested--;
            }
            into.Add(Take());
        }
    }

    private static string Sign(SyntaxKind kind) => kind switch
    {
        SyntaxKind.CloseParen => ")",
        SyntaxKind.CloseBracket => "]",
        _ => "}",
    };
}
