using System.Globalization;
using System.Text;

namespace Dlm.Runtime.Data.Text;

/// <summary>Cuts text into words as BERT does (Devlin et al., 2018): at blanks, punctuation and every Chinese character.</summary>
internal static class BertWords
{
    /// <summary>The words of a text, with capitals and accents or without.</summary>
    public static string[] Split(string text, bool lowerCase)
    {
        StringBuilder clean = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune)) clean.Append(' ');
            else if (IsControl(rune)) continue;
            else if (IsChinese(rune.Value) || IsPunctuation(rune)) clean.Append(' ').Append(rune).Append(' ');
            else if (lowerCase) Accents.AppendBare(clean, Rune.ToLowerInvariant(rune));
            else clean.Append(rune);
        }

        // An accented letter may have had a capital below its accent.
        return (lowerCase ? clean.ToString().ToLowerInvariant() : clean.ToString()).Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static bool IsControl(Rune rune) =>
        rune.Value is 0 or 0xFFFD || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;

    // All signs of ASCII count, such as $ and ^, which Unicode does not call punctuation.
    private static bool IsPunctuation(Rune rune) =>
        rune.IsAscii ? rune.Value > ' ' && !Rune.IsLetterOrDigit(rune) : Rune.IsPunctuation(rune);

    private static bool IsChinese(int code) =>
        code is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F)
            or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B820 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
}
