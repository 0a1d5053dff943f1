using Dlm.Runtime.Data.Sequences;
using static TorchSharp.torch;

namespace Dlm.Runtime.Data.Text;

/// <summary>
/// Single sentences as BERT and its kin read them. A batch holds "words", int64 [B, T], START text SEP; "segment", int64 [B, T], 0 everywhere; "mask", bool [B, T]; and
/// with classes "label", int64 [B].
/// </summary>
public sealed class SentenceDataset : IDataset
{
    private readonly int[][] _sentences;
    private readonly int[]? _labels;
    private readonly Padding _padding;

    /// <summary>Encodes all sentences.</summary>
    /// <param name="sentences">The sentences.</param>
    /// <param name="tokenizer">Makes numbers of them.</param>
    /// <param name="longest">How many numbers a sentence has at most, START and SEP included.</param>
    /// <param name="labels">The class of each.</param>
    /// <exception cref="ArgumentException">There are not as many classes as sentences.</exception>
    public SentenceDataset(IReadOnlyList<string> sentences, ITokenizer tokenizer, int longest = int.MaxValue, IReadOnlyList<int>? labels = null)
    {
        ArgumentNullException.ThrowIfNull(sentences);
        ArgumentNullException.ThrowIfNull(tokenizer);
        if (labels is not null && labels.Count != sentences.Count) throw new ArgumentException($"{sentences.Count} sentences have not {labels.Count} classes.", nameof(labels));
        (_sentences, _labels) = ([.. sentences.Select(sentence => tokenizer.Frame(sentence, longest))], labels?.ToArray());
        _padding = new Padding { Value = tokenizer.Vocabulary.Padding };
    }

    /// <inheritdoc/>
    public long Count => _sentences.Length;

    /// <inheritdoc/>
    public string SampleNoun => "sentences";

    /// <summary>The length of each sentence: what a <see cref="BucketSampler"/> needs.</summary>
    public IReadOnlyList<int> Lengths => [.. _sentences.Select(sentence => sentence.Length)];

    /// <inheritdoc/>
    public Batch Read(ReadOnlySpan<long> indices)
    {
        long[] chosen = indices.ToArray();
        (Tensor words, Tensor mask) = _padding.Pad([.. chosen.Select(index => _sentences[index])]);
        (string, Tensor)[] fields = [("words", words), ("segment", zeros_like(words)), (SequenceDataset.MaskName, mask)];
        return new Batch(indices, _labels is null ? fields : [.. fields, ("label", tensor(Array.ConvertAll(chosen, index => (long)_labels[index])))]);
    }
}
