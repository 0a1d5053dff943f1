using Dlm.Runtime.Data.Sequences;
using static TorchSharp.torch;

namespace Dlm.Runtime.Data.Text;

/// <summary>
/// Pairs of sentences of which half follow one another and half do not, as BERT learns from (Devlin et al., 2018). A batch holds "words", int64 [B, T], START first SEP
/// second SEP; "segment", int64 [B, T], 0 in the first and 1 in the second; "mask", bool [B, T]; and "unrelated", int64 [B], 0 where the second follows the first and 1
/// where it comes from elsewhere. <see cref="MaskedWords"/> adds what is to be guessed: <c>new MaskedWords(seed, vocabulary) { Field = "words", Target = "targets" }</c>.
/// </summary>
public sealed class NextSentences : IDataset
{
    private readonly int[][] _sentences;
    private readonly (int Begin, int End)[] _documents; // of each sentence, the stretch that its document is
    private readonly int[] _firsts;
    private readonly Vocabulary _vocabulary;
    private readonly int _longest;
    private readonly ulong _seed;
    private readonly Padding _padding;

    /// <summary>Encodes all sentences.</summary>
    /// <param name="documents">Documents, each its sentences in order.</param>
    /// <param name="tokenizer">Makes numbers of them.</param>
    /// <param name="longest">How many numbers a pair has at most, START and SEP included.</param>
    /// <param name="seed">The same seed chooses the same pairs.</param>
    /// <exception cref="ArgumentException">There are fewer than two documents, or none has two sentences.</exception>
    public NextSentences(IReadOnlyList<IReadOnlyList<string>> documents, ITokenizer tokenizer, int longest, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, 5);
        if (documents.Count(document => document.Count > 0) < 2) throw new ArgumentException("At least two documents are needed: a sentence that does not follow comes from another one.", nameof(documents));
        (_vocabulary, _longest, _seed) = (tokenizer.Vocabulary, longest, seed);
        _padding = new Padding { Value = _vocabulary.Padding };
        _sentences = [.. documents.SelectMany(document => document).Select(tokenizer.Encode)];
        _documents = new (int, int)[_sentences.Length];
        List<int> firsts = [];
        int begin = 0;
        foreach (IReadOnlyList<string> document in documents)
        {
            int end = begin + document.Count;
            Array.Fill(_documents, (begin, end), begin, document.Count);
            firsts.AddRange(Enumerable.Range(begin, Math.Max(0, document.Count - 1)));
            begin = end;
        }

        _firsts = firsts.Count > 0 ? [.. firsts] : throw new ArgumentException("No document has two sentences.", nameof(documents));
    }

    /// <inheritdoc/>
    public long Count => _firsts.Length;

    /// <inheritdoc/>
    public string SampleNoun => "pairs";

    /// <inheritdoc/>
    public Batch Read(ReadOnlySpan<long> indices)
    {
        long[] chosen = indices.ToArray();
        var pairs = Array.ConvertAll(chosen, Pair);
        (Tensor words, Tensor mask) = _padding.Pad([.. pairs.Select(pair => pair.Numbers)]);
        (Tensor segments, _) = (_padding with { Value = 0 }).Pad([.. pairs.Select(pair => pair.Segments)]);
        return new Batch(
            indices, ("words", words), ("segment", segments), (SequenceDataset.MaskName, mask), ("unrelated", tensor(Array.ConvertAll(pairs, pair => pair.Elsewhere ? 1L : 0L))));
    }

    private (int[] Numbers, int[] Segments, bool Elsewhere) Pair(long index)
    {
        RandomStream random = new(_seed, (ulong)index);
        int first = _firsts[index], second = first + 1;
        bool elsewhere = random.NextDouble() < 0.5;
        if (elsewhere)
        {
            // Any sentence but those of this document, as if they were taken out of the row.
            (int begin, int end) = _documents[first];
            second = (int)random.NextInt64(_sentences.Length - (end - begin));
            if (second >= begin) second += end - begin;
        }

        (int[] numbers, int[] segments) = _vocabulary.Frame(_sentences[first], _sentences[second], _longest);
        return (numbers, segments, elsewhere);
    }
}
