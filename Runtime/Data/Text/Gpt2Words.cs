using System.Globalization;
using System.Text;

namespace Dlm.Runtime.Data.Text;

/// <summary>Cuts text where GPT-2 does, by code points: contractions, words, numbers and signs with the blank before them, and other blanks.</summary>
/// <remarks>What the pattern <c>'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</c> means; .NET's own reads UTF-16, and takes rarer letters for signs.</remarks>
internal static class Gpt2Words
{
    private static readonly string[] Contractions = ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d"];

    private enum Kind
    {
        Blank,
        Letter,
        Number,
        Sign,
    }

    /// <summary>The words, which together are the text.</summary>
    public static IEnumerable<string> Split(string text)
    {
        for (int start = 0; start < text.Length;)
        {
            int end = EndOfWord(text, start);
            yield return text[start..end];
            start = end;
        }
    }

    private static int EndOfWord(string text, int start)
    {
        if (text[start] == '\'' && Contractions.FirstOrDefault(word => text.AsSpan(start).StartsWith(word, StringComparison.Ordinal)) is { } contraction)
        {
            return start + contraction.Length;
        }

        int from = text[start] == ' ' && start + 1 < text.Length && At(text, start + 1).Kind != Kind.Blank ? start + 1 : start;
        Kind kind = At(text, from).Kind;
        int end = from, last = from;
        while (end < text.Length && At(text, end) is var rune && rune.Kind == kind)
        {
            last = end;
            end += rune.Length;
        }

        // Of several blanks the last belongs to the word behind them, or stands alone.
        return kind == Kind.Blank && end < text.Length && last > from ? last : end;
    }

    private static (Kind Kind, int Length) At(string text, int at)
    {
        Rune.DecodeFromUtf16(text.AsSpan(at), out Rune rune, out int length);
        if (Rune.IsWhiteSpace(rune)) return (Kind.Blank, length);
        return Rune.GetUnicodeCategory(rune) switch
        {
            <= UnicodeCategory.OtherLetter => (Kind.Letter, length),
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => (Kind.Number, length),
            _ => (Kind.Sign, length),
        };
    }
}
