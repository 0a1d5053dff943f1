using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Tests.Harness;

/// <summary>What a finger does to a word.</summary>
internal enum TokenEdit
{
    Delete,
    Double,
    Misspell,
}

/// <summary>Slips of the finger and worse, the same ones on every run.</summary>
internal sealed class Mutations(string text, int seed)
{
    private readonly Random random = new(seed);
    private readonly SyntaxToken[] tokens =
        [.. TreeRules.TokensOf(Compiling.Parse(text).Syntax).Where(t => !t.IsMissing && t.Kind != SyntaxKind.EndOfFile)];

    /// <summary>A token deleted, doubled or misspelt; the edited text, what was done, and where.</summary>
    public (string Text, string What, int At) EditToken(TokenEdit edit)
    {
        var token = tokens[random.Next(tokens.Length)];
        var (what, replacement) = edit switch
        {
            TokenEdit.Delete => ("delete", ""),
            TokenEdit.Double => ("double", $"{token.Text} {token.Text}"),
            _ => ("misspell", Misspelt(token.Text)),
        };
        var edited = string.Concat(text.AsSpan(0, token.Start), replacement, text.AsSpan(token.Span.End));
        return (edited, $"{what} '{token.Text}' at {token.Start}: '{replacement}'", token.Start);
    }

    /// <summary>The beginning of the text, cut anywhere.</summary>
    public string Truncate() => text[..random.Next(text.Length + 1)];

    /// <summary>A piece of the text put in at another place, over whatever stands there.</summary>
    public string Splice()
    {
        var (from, to) = (random.Next(text.Length + 1), random.Next(text.Length + 1));
        var piece = text.Substring(from, random.Next(Math.Min(80, text.Length - from) + 1));
        var skip = random.Next(Math.Min(40, text.Length - to) + 1);
        return string.Concat(text.AsSpan(0, to), piece, text.AsSpan(to + skip));
    }

    /// <summary>Some characters that mean something, or nothing, put in anywhere.</summary>
    public string Sprinkle()
    {
        const string Strange = "(){}[]\"\\/*-><=.:,?!@_\0\t\r\n\u2028\uFEFF\uD800\uDC00é0e9";
        var result = new System.Text.StringBuilder(text);
        for (var i = random.Next(1, 6); i > 0; i--) result.Insert(random.Next(result.Length + 1), Strange[random.Next(Strange.Length)]);
        return result.ToString();
    }

    // A letter dropped, doubled, swapped with its neighbour or replaced.
    private string Misspelt(string word)
    {
        var at = random.Next(word.Length);
        return random.Next(4) switch
        {
            0 => word.Remove(at, 1),
            1 => word.Insert(at, word[at].ToString()),
            2 when at > 0 => string.Concat(word.AsSpan(0, at - 1), $"{word[at]}{word[at - 1]}", word.AsSpan(at + 1)),
            _ => string.Concat(word.AsSpan(0, at), $"{(char)('a' + random.Next(26))}", word.AsSpan(at + 1)),
        };
    }
}
