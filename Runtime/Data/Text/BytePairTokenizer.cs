using System.Collections.Concurrent;
using System.Text;

namespace Dlm.Runtime.Data.Text;

/// <summary>
/// Pieces of words, learnt by joining the pairs that come up most often (Sennrich et al., 2016), of bytes, so that nothing is unknown and every
/// text comes back as it was (GPT-2; Radford et al., 2019). Reads and writes GPT-2's <c>vocab.json</c> and <c>merges.txt</c>.
/// </summary>
public sealed class BytePairTokenizer : ITokenizer
{
    private const int KeptWords = 1 << 16, LongestKept = 64;

    private readonly int[] _bytes;
    private readonly IReadOnlyList<(int Left, int Right, int Result)> _pairs;
    private readonly PairMerges _merges;
    private readonly ConcurrentDictionary<string, int[]> _known = new(StringComparer.Ordinal);

    private BytePairTokenizer(Vocabulary vocabulary, IReadOnlyList<(int Left, int Right, int Result)> pairs)
    {
        (Vocabulary, _pairs, _merges) = (vocabulary, pairs, new PairMerges(pairs));
        _bytes = [.. ByteLetters.All.Select(vocabulary.NumberOf)];
    }

    /// <inheritdoc/>
    public Vocabulary Vocabulary { get; }

    /// <summary>Learns a vocabulary: the reserved entries, the 256 bytes, and joined pairs up to a size.</summary>
    /// <param name="texts">What to learn from.</param>
    /// <param name="size">How many entries, reserved ones included: at least 262. There are fewer where no pair is left that comes up often enough.</param>
    /// <param name="least">How often a pair must come up to be joined.</param>
    public static BytePairTokenizer Train(IEnumerable<string> texts, int size, int least = 2)
    {
        ArgumentNullException.ThrowIfNull(texts);
        List<string> entries = [.. Reserved.All, .. ByteLetters.All];
        ArgumentOutOfRangeException.ThrowIfLessThan(size, entries.Count);
        var words = texts.SelectMany(Gpt2Words.Split).CountBy(word => word, StringComparer.Ordinal)
            .Select(word => (Pieces: Encoding.UTF8.GetBytes(word.Key).Select(value => Reserved.All.Count + value).ToArray(), (long)word.Value));
        var pairs = new PairLearning(entries, string.Concat).Learn(words, size, least);
        return new BytePairTokenizer(new Vocabulary(entries), pairs);
    }

    /// <summary>Reads the two files of a tokenizer in GPT-2's form.</summary>
    /// <param name="vocabulary">The entries and their numbers: <c>vocab.json</c>.</param>
    /// <param name="merges">The pairs, one a line: <c>merges.txt</c>.</param>
    /// <exception cref="DataFileException">A file is missing or damaged, or the two do not belong together.</exception>
    public static BytePairTokenizer Load(string vocabulary, string merges)
    {
        Vocabulary entries = Vocabulary.Load(vocabulary);
        if (ByteLetters.All.FirstOrDefault(letter => !entries.TryFind(letter, out _)) is { } missing)
        {
            throw new DataFileException(vocabulary, $"it has no entry '{missing}', where a vocabulary of bytes has one for each of the 256", "Take the vocab.json of a byte-level tokenizer.");
        }

        List<(int, int, int)> pairs = [];
        string[] lines = TextFile.ReadLines(merges);
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length == 0 || (i == 0 && lines[i].StartsWith("#version", StringComparison.Ordinal))) continue;
            string[] pair = lines[i].Split(' ');
            if (pair.Length != 2) throw new DataFileException(merges, $"line {i + 1} is '{lines[i]}', where two entries with a blank between them are expected", "Take the original file.");
            pairs.Add((Number(pair[0], i), Number(pair[1], i), Number(pair[0] + pair[1], i)));
        }

        return new BytePairTokenizer(entries, pairs);

        int Number(string entry, int line) => entries.TryFind(entry, out int number)
            ? number
            : throw new DataFileException(merges, $"line {line + 1} needs the entry '{entry}', which {Path.GetFileName(vocabulary)} has not", "The two files must come from the same tokenizer.");
    }

    /// <summary>Writes the two files.</summary>
    /// <param name="vocabulary">Where the entries go: a name that ends with <c>.json</c>.</param>
    /// <param name="merges">Where the pairs go.</param>
    /// <exception cref="DataFileException">A file cannot be written.</exception>
    public void Save(string vocabulary, string merges)
    {
        Vocabulary.Save(vocabulary);
        Vocabulary.Write(merges, "#version: 0.2\n" + string.Concat(_pairs.Select(pair => $"{Vocabulary[pair.Left]} {Vocabulary[pair.Right]}\n")));
    }

    /// <inheritdoc/>
    public int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<int> numbers = [];
        foreach (string word in Gpt2Words.Split(text)) numbers.AddRange(EncodeWord(word));
        return [.. numbers];
    }

    /// <summary>The text of some numbers. Bytes that are no text, as a sequence cut within a character leaves them, become U+FFFD.</summary>
    public string Decode(IEnumerable<int> numbers)
    {
        List<byte> bytes = [];
        foreach (string piece in Vocabulary.Pieces(numbers)) ByteLetters.AddBytes(piece, bytes);
        return Encoding.UTF8.GetString([.. bytes]);
    }

    private int[] EncodeWord(string word)
    {
        if (_known.TryGetValue(word, out int[]? known)) return known;
        int[] numbers = _merges.Apply([.. Encoding.UTF8.GetBytes(word).Select(value => _bytes[value])]);
        if (word.Length <= LongestKept && _known.Count < KeptWords) _known.TryAdd(word, numbers);
        return numbers;
    }
}
