namespace Dlm.Dsl.Syntax;

/// <summary>What a token is.</summary>
public enum SyntaxKind
{
    /// <summary>A character that starts no token, or a text without its closing quote; the lexer reports the error.</summary>
    Bad,

    /// <summary>The end of the file.</summary>
    EndOfFile,

    /// <summary>A name; words such as <c>model</c> and <c>repeat</c> are names that the parser knows in their place.</summary>
    Identifier,

    /// <summary>A whole number, <c>61_100_840</c>.</summary>
    Integer,

    /// <summary>A number with a fraction or exponent, <c>1e-4</c>.</summary>
    Float,

    /// <summary>A number with a unit, <c>0.714G</c>.</summary>
    Quantity,

    /// <summary>A text in double quotes.</summary>
    String,

    /// <summary><c>-&gt;</c></summary>
    Arrow,

    /// <summary><c>(</c></summary>
    OpenParen,

    /// <summary><c>)</c></summary>
    CloseParen,

    /// <summary><c>[</c></summary>
    OpenBracket,

    /// <summary><c>]</c></summary>
    CloseBracket,

    /// <summary><c>{</c></summary>
    OpenBrace,

    /// <summary><c>}</c></summary>
    CloseBrace,

    /// <summary><c>,</c></summary>
    Comma,

    /// <summary><c>:</c></summary>
    Colon,

    /// <summary><c>.</c></summary>
    Dot,

    /// <summary><c>..</c></summary>
    DotDot,

    /// <summary><c>...</c></summary>
    Ellipsis,

    /// <summary><c>?</c></summary>
    Question,

    /// <summary><c>=</c></summary>
    Equals,

    /// <summary><c>==</c></summary>
    EqualsEquals,

    /// <summary><c>!=</c></summary>
    BangEquals,

    /// <summary><c>&lt;</c></summary>
    Less,

    /// <summary><c>&lt;=</c></summary>
    LessEquals,

    /// <summary><c>&gt;</c></summary>
    Greater,

    /// <summary><c>&gt;=</c></summary>
    GreaterEquals,

    /// <summary><c>+</c></summary>
    Plus,

    /// <summary><c>-</c></summary>
    Minus,

    /// <summary><c>*</c></summary>
    Star,

    /// <summary><c>**</c></summary>
    StarStar,

    /// <summary><c>/</c></summary>
    Slash,

    /// <summary><c>%</c></summary>
    Percent,

    /// <summary><c>@</c></summary>
    At,
}
