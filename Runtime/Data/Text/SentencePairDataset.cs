using Dlm.Runtime.Data.Sequences;
using static TorchSharp.torch;

namespace Dlm.Runtime.Data.Text;

/// <summary>Sentences of documents in pairs, one or the other class: what BERT and its kin learn from beside masked words.</summary>
public abstract class SentencePairDataset : IDataset
{
    private readonly int[][] _sentences;
    private readonly int[] _firsts; // those that another one follows
    private readonly Vocabulary _vocabulary;
    private readonly int _longest;
    private readonly ulong _seed;
    private readonly string _className;
    private readonly Padding _padding;

    private protected SentencePairDataset(IReadOnlyList<IReadOnlyList<string>> documents, ITokenizer tokenizer, int longest, ulong seed, string className)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, 5);
        (_vocabulary, _longest, _seed, _className) = (tokenizer.Vocabulary, longest, seed, className);
        _padding = new Padding { Value = _vocabulary.Padding };
        _sentences = [.. documents.SelectMany(document => document).Select(tokenizer.Encode)];
        List<int> firsts = [];
        int begin = 0;
        foreach (IReadOnlyList<string> document in documents)
        {
            firsts.AddRange(Enumerable.Range(begin, Math.Max(0, document.Count - 1)));
            begin += document.Count;
        }

        _firsts = firsts.Count > 0 ? [.. firsts] : throw new ArgumentException("No document has two sentences.", nameof(documents));
    }

    /// <inheritdoc/>
    public long Count => _firsts.Length;

    /// <inheritdoc/>
    public string SampleNoun => "pairs";

    /// <summary>The length of each pair, START and SEP included: what a <see cref="BucketSampler"/> needs.</summary>
    public IReadOnlyList<int> Lengths => [.. Enumerable.Range(0, _firsts.Length).Select(index => Pair(index).Numbers.Length)];

    /// <summary>How many sentences there are in all documents.</summary>
    private protected int SentenceCount => _sentences.Length;

    /// <inheritdoc/>
    public Batch Read(ReadOnlySpan<long> indices)
    {
        var pairs = Array.ConvertAll(indices.ToArray(), Pair);
        (Tensor words, Tensor mask) = _padding.Pad([.. pairs.Select(pair => pair.Numbers)]);
        (Tensor segments, _) = (_padding with { Value = 0 }).Pad([.. pairs.Select(pair => pair.Segments)]);
        return new Batch(
            indices, ("words", words), ("segment", segments), (SequenceDataset.MaskName, mask), (_className, tensor(Array.ConvertAll(pairs, pair => pair.Class))));
    }

    /// <summary>Makes the pair of a sentence that another one follows.</summary>
    /// <returns>The sentences by their numbers, and the class: 0 where they are as in the document.</returns>
    private protected abstract (int First, int Second, long Class) Choose(int first, RandomStream random);

    private (int[] Numbers, int[] Segments, long Class) Pair(long index)
    {
        (int first, int second, long @class) = Choose(_firsts[index], new RandomStream(_seed, (ulong)index));
        (int[] numbers, int[] segments) = _vocabulary.Frame(_sentences[first], _sentences[second], _longest);
        return (numbers, segments, @class);
    }
}
