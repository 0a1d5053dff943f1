using Dlm.Runtime.Data.Text;
using Dlm.Runtime.Keys;
using static TorchSharp.torch;

namespace Dlm.Runtime.Embeddings;

/// <summary>
/// Words with their vectors, to be asked which words are alike: those whose vectors point the same way. Made of what a network has learned, or read from a
/// file of word2vec's.
/// </summary>
public sealed partial class WordVectors
{
    private readonly string[] _words;
    private readonly float[] _vectors; // row by row
    private readonly float[] _lengths;
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    private WordVectors(string[] words, float[] vectors)
    {
        (_words, _vectors, Width, _lengths) = (words, vectors, vectors.Length / words.Length, new float[words.Length]);
        for (int i = 0; i < words.Length; i++)
        {
            if (!_numbers.TryAdd(words[i], i)) throw new ArgumentException($"Words {_numbers[words[i]]} and {i} are both '{words[i]}'.", nameof(words));
            _lengths[i] = MathF.Sqrt(Dot(Row(i), Row(i)));
        }
    }

    /// <summary>Takes the vectors of a vocabulary, without those of its reserved entries.</summary>
    /// <param name="vocabulary">The words.</param>
    /// <param name="vectors">Their vectors, float32 [V, d], such as the weight of an embedding; they are copied.</param>
    /// <exception cref="ArgumentException">There is not a vector for each entry.</exception>
    public static WordVectors Of(Vocabulary vocabulary, Tensor vectors)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(vectors);
        if (vectors.shape is not [var count, var width] || count != vocabulary.Count)
        {
            throw new ArgumentException($"A vocabulary of {vocabulary.Count} has vectors [{vocabulary.Count}, d], but these are [{string.Join(", ", vectors.shape)}].", nameof(vectors));
        }

        int[] kept = [.. Enumerable.Range(0, vocabulary.Count).Where(number => !vocabulary.IsReserved(number))];
        if (kept.Length == 0) throw new ArgumentException("All entries of the vocabulary are reserved.", nameof(vocabulary));
        using IDisposable unrecorded = no_grad();
        using Tensor rows = vectors.to(ScalarType.Float32).cpu().index_select(0, tensor(Array.ConvertAll(kept, number => (long)number)));
        return new WordVectors([.. kept.Select(number => vocabulary[number])], rows.data<float>().ToArray());
    }

    /// <summary>The words, those that came first in the vocabulary first: the most frequent.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>How long a vector is.</summary>
    public int Width { get; }

    /// <summary>The vector of a word.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public ReadOnlySpan<float> this[string word] => Row(Find(word));

    /// <summary>Whether a word has a vector.</summary>
    public bool Contains(string word) => _numbers.ContainsKey(word);

    /// <summary>The cosine of the angle between two words' vectors: 1 where they point the same way.</summary>
    /// <exception cref="KeyNotFoundException">A word has no vector.</exception>
    public double Similarity(string first, string second)
    {
        (int a, int b) = (Find(first), Find(second));
        return Dot(Row(a), Row(b)) / NotZero(_lengths[a] * _lengths[b]);
    }

    /// <summary>The words that are most like a word, without itself.</summary>
    /// <param name="word">The word.</param>
    /// <param name="count">How many to give.</param>
    /// <exception cref="KeyNotFoundException">The word has no vector.</exception>
    public IReadOnlyList<SimilarWord> MostSimilar(string word, int count = 10) => MostSimilar([word], [], count);

    /// <summary>
    /// The words that are most like some words and unlike others: near the sum of the first ones' directions less those of the second (3CosAdd; Mikolov et
    /// al., 2013; Levy and Goldberg, 2014). The words themselves are left out.
    /// </summary>
    /// <exception cref="KeyNotFoundException">A word has no vector.</exception>
    public IReadOnlyList<SimilarWord> MostSimilar(IReadOnlyList<string> like, IReadOnlyList<string> unlike, int count = 10)
    {
        ArgumentNullException.ThrowIfNull(like);
        ArgumentNullException.ThrowIfNull(unlike);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        if (like.Count + unlike.Count == 0) throw new ArgumentException("Nothing says what to look for.", nameof(like));
        float[] sought = new float[Width];
        HashSet<int> given = [];
        foreach ((string word, float sign) in like.Select(word => (word, 1f)).Concat(unlike.Select(word => (word, -1f))))
        {
            int number = Find(word);
            given.Add(number);
            ReadOnlySpan<float> row = Row(number);
            for (int i = 0; i < Width; i++) sought[i] += sign / NotZero(_lengths[number]) * row[i];
        }

        float length = NotZero(MathF.Sqrt(Dot(sought, sought)));
        var found =
            from number in Enumerable.Range(0, _words.Length)
            where !given.Contains(number)
            select new SimilarWord(_words[number], Dot(Row(number), sought) / NotZero(_lengths[number] * length));
        return [.. found.OrderByDescending(word => word.Similarity).Take(count)];
    }

    /// <summary><paramref name="a"/> is to <paramref name="b"/> as <paramref name="c"/> is to what is given: <c>Analogy("man", "king", "woman")</c> is hoped to begin with queen.</summary>
    /// <exception cref="KeyNotFoundException">A word has no vector.</exception>
    public IReadOnlyList<SimilarWord> Analogy(string a, string b, string c, int count = 5) => MostSimilar([b, c], [a], count);

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        float sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    // What has no direction is like nothing.
    private static float NotZero(float length) => length > 0 ? length : 1;

    private ReadOnlySpan<float> Row(int number) => _vectors.AsSpan(number * Width, Width);

    private int Find(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return _numbers.TryGetValue(word, out int number)
            ? number
            : throw new KeyNotFoundException($"'{word}' is not among the {_words.Length} words.{NearMiss.DidYouMean(word, _words)}");
    }
}

/// <summary>A word, and how much it is like what was asked for.</summary>
/// <param name="Word">The word.</param>
/// <param name="Similarity">The cosine, from -1 to 1.</param>
public readonly record struct SimilarWord(string Word, double Similarity);
