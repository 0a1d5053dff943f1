namespace Dlm.Cli.Drawing;

/// <summary>How wide a text is, near enough to make room for it: no font is at hand, and browsers have different ones.</summary>
internal static class TextWidth
{
    public static double Of(string text, double size) => size * text.Sum(Width);

    // Of the em, as in Helvetica and its like, rounded up.
    private static double Width(char c) => c switch
    {
        'i' or 'j' or 'l' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' or ' ' => 0.29,
        'f' or 't' or 'r' or '(' or ')' or '[' or ']' or '/' or '-' => 0.36,
        'm' or 'w' or 'M' or 'W' or '@' or '%' => 0.88,
        '×' or '+' or '=' => 0.6,
        >= 'A' and <= 'Z' => 0.7,
        > '\u2000' => 1,
        _ => 0.58,
    };
}
