namespace Dlm.Runtime.Data.Text;

/// <summary>Puts reserved entries around sentences, as BERT reads them (Devlin et al., 2018).</summary>
public static class Framing
{
    /// <summary>START text SEP, cut to <paramref name="longest"/> in all.</summary>
    public static int[] Frame(this ITokenizer tokenizer, string text, int longest = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, 2);
        Vocabulary vocabulary = tokenizer.Vocabulary;
        return [vocabulary.Start, .. tokenizer.Encode(text).Take(longest - 2), vocabulary.Separator];
    }

    /// <summary>START first SEP second SEP, and for each entry whether it belongs to the first (0) or the second (1). The longer of the two is cut until both fit.</summary>
    public static (int[] Numbers, int[] Segments) Frame(this ITokenizer tokenizer, string first, string second, int longest = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        return tokenizer.Vocabulary.Frame(tokenizer.Encode(first), tokenizer.Encode(second), longest);
    }

    internal static (int[] Numbers, int[] Segments) Frame(this Vocabulary vocabulary, int[] a, int[] b, int longest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, 3);
        (int keptA, int keptB) = (a.Length, b.Length);
        while ((long)keptA + keptB > longest - 3)
        {
            if (keptA > keptB) keptA--;
            else keptB--;
        }

        int[] numbers = [vocabulary.Start, .. a[..keptA], vocabulary.Separator, .. b[..keptB], vocabulary.Separator];
        return (numbers, [.. Enumerable.Repeat(0, keptA + 2), .. Enumerable.Repeat(1, keptB + 1)]);
    }

    /// <summary>The entries of some numbers that stand for text.</summary>
    internal static IEnumerable<string> Pieces(this Vocabulary vocabulary, IEnumerable<int> numbers) =>
        from number in numbers
        let entry = vocabulary[number]
        where entry is not (Reserved.Padding or Reserved.Start or Reserved.Separator)
        select entry;
}
