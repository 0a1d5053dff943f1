using System.Text;

namespace Dlm.Runtime.Data.Text;

/// <summary>
/// Pieces of words, those inside a word marked by <c>##</c>; a word is cut into the longest pieces from its beginning (Schuster and Nakajima, 2012, as
/// in BERT). Reads BERT's <c>vocab.txt</c>.
/// </summary>
public sealed class WordPieceTokenizer : ITokenizer
{
    private const string Inside = "##";
    private const int LongestWord = 100;

    private readonly bool _lowerCase;

    /// <summary>Uses a vocabulary: <c>new WordPieceTokenizer(Vocabulary.Load("vocab.txt"))</c>.</summary>
    /// <param name="vocabulary">The pieces, and <see cref="Reserved.Unknown"/> for words that cannot be made of them.</param>
    /// <param name="lowerCase">Whether capitals are made small and accents taken off, as in BERT's uncased models.</param>
    /// <exception cref="KeyNotFoundException">The vocabulary has no <see cref="Reserved.Unknown"/>.</exception>
    public WordPieceTokenizer(Vocabulary vocabulary, bool lowerCase = true)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        _ = vocabulary.Unknown;
        (Vocabulary, _lowerCase) = (vocabulary, lowerCase);
    }

    /// <inheritdoc/>
    public Vocabulary Vocabulary { get; }

    /// <summary>Learns a vocabulary: the reserved entries, all characters, and pairs of pieces that come up most often, up to a size.</summary>
    /// <param name="texts">What to learn from.</param>
    /// <param name="size">How many entries, reserved ones included.</param>
    /// <param name="least">How often a pair must come up to be joined.</param>
    /// <param name="lowerCase">Whether capitals are made small and accents taken off.</param>
    public static WordPieceTokenizer Train(IEnumerable<string> texts, int size, int least = 2, bool lowerCase = true)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var words = texts.SelectMany(text => BertWords.Split(text, lowerCase)).CountBy(word => word, StringComparer.Ordinal).ToArray();
        List<string> entries = [.. Reserved.All, .. words.SelectMany(word => Letters(word.Key)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var numbers = entries.Select((entry, number) => KeyValuePair.Create(entry, number)).ToDictionary(StringComparer.Ordinal);
        var rows = words.Select(word => (Letters(word.Key).Select(letter => numbers[letter]).ToArray(), (long)word.Value));
        new PairLearning(entries, (left, right) => left + right[Inside.Length..]).Learn(rows, size, least);
        return new WordPieceTokenizer(new Vocabulary(entries), lowerCase);
    }

    /// <inheritdoc/>
    public int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<int> numbers = [];
        foreach (string word in BertWords.Split(text, _lowerCase)) AddWord(word, numbers);
        return [.. numbers];
    }

    /// <summary>The words with blanks between them; which blanks there were is not known any more.</summary>
    public string Decode(IEnumerable<int> numbers)
    {
        StringBuilder text = new();
        foreach (string piece in Vocabulary.Pieces(numbers))
        {
            if (text.Length > 0 && piece.StartsWith(Inside, StringComparison.Ordinal)) text.Append(piece.AsSpan(Inside.Length));
            else text.Append(text.Length > 0 ? " " : "").Append(piece);
        }

        return text.ToString();
    }

    private void AddWord(string word, List<int> numbers)
    {
        int before = numbers.Count;
        for (int start = 0, end; start < word.Length; start = end)
        {
            int number = -1;
            for (end = word.Length > LongestWord ? 0 : word.Length; end > start; end--)
            {
                if (Vocabulary.TryFind(start == 0 ? word[..end] : Inside + word[start..end], out number)) break;
            }

            if (end > start)
            {
                numbers.Add(number);
                continue;
            }

            // A word that cannot be made of pieces is unknown as a whole.
            numbers.RemoveRange(before, numbers.Count - before);
            numbers.Add(Vocabulary.Unknown);
            return;
        }
    }

    private static IEnumerable<string> Letters(string word) => word.EnumerateRunes().Select((rune, at) => at == 0 ? rune.ToString() : Inside + rune);
}
