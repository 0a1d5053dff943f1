using Dlm.Runtime.Data.Sequences;
using static TorchSharp.torch;

namespace Dlm.Runtime.Data.Text;

/// <summary>
/// Sentences and their translations, for an encoder and a decoder. A batch holds "source", int64 [B, S], the sentence and SEP; "source_mask", bool
/// [B, S]; "decoder_input", int64 [B, T], START and the translation; "target", int64 [B, T], the translation and SEP, with
/// <see cref="Ignored"/> behind it; and "target_mask", bool [B, T].
/// </summary>
public sealed class TranslationDataset : IDataset
{
    /// <summary>What stands in targets where nothing is to be said: cross-entropy leaves it out.</summary>
    public const int Ignored = -100;

    private readonly int[][] _sources, _targets;
    private readonly Padding _sourcePadding, _targetPadding;
    private readonly int _start;

    /// <summary>Encodes all pairs.</summary>
    /// <param name="pairs">The sentences with their translations.</param>
    /// <param name="source">Makes numbers of the sentences.</param>
    /// <param name="target">Makes numbers of the translations.</param>
    /// <param name="longest">How many numbers of a sentence are kept, SEP included.</param>
    public TranslationDataset(IReadOnlyList<(string Source, string Target)> pairs, ITokenizer source, ITokenizer target, int longest = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, 2);
        _sources = [.. pairs.Select(pair => Ended(source, pair.Source, longest))];
        _targets = [.. pairs.Select(pair => Ended(target, pair.Target, longest))];
        _start = target.Vocabulary.Start;
        (_sourcePadding, _targetPadding) = (new Padding { Value = source.Vocabulary.Padding }, new Padding { Value = target.Vocabulary.Padding });
    }

    /// <summary>Whether sentences are read from their last word to their first (Sutskever et al., 2014, section 3.3); SEP stays at the end.</summary>
    public bool IsReversed { get; init; }

    /// <summary>Whether the padding stands before the sentences, so that a recurrent network ends with their last word; that of translations stands behind them.</summary>
    public bool PadsBefore { get; init; }

    /// <inheritdoc/>
    public long Count => _sources.Length;

    /// <inheritdoc/>
    public string SampleNoun => "sentences";

    /// <summary>The length of each pair's longer half: what a <see cref="BucketSampler"/> needs.</summary>
    public IReadOnlyList<int> Lengths => [.. _sources.Zip(_targets, (source, target) => Math.Max(source.Length, target.Length))];

    /// <inheritdoc/>
    public Batch Read(ReadOnlySpan<long> indices)
    {
        long[] chosen = indices.ToArray();
        int[][] targets = [.. chosen.Select(index => _targets[index])];
        (Tensor source, Tensor sourceMask) = (_sourcePadding with { Before = PadsBefore }).Pad([.. chosen.Select(SourceOf)]);
        (Tensor input, Tensor targetMask) = _targetPadding.Pad([.. targets.Select(target => (int[])[_start, .. target[..^1]])]);
        (Tensor target, _) = (_targetPadding with { Value = Ignored }).Pad(targets);
        return new Batch(indices, ("source", source), ("source_mask", sourceMask), ("decoder_input", input), (Batch.TargetName, target), ("target_mask", targetMask));
    }

    private int[] SourceOf(long index) => IsReversed ? [.. _sources[index][..^1].AsEnumerable().Reverse(), _sources[index][^1]] : _sources[index];

    private static int[] Ended(ITokenizer tokenizer, string text, int longest) => [.. tokenizer.Encode(text).Take(longest - 1), tokenizer.Vocabulary.Separator];
}
