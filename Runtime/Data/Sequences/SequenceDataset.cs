using static TorchSharp.torch;

namespace Dlm.Runtime.Data.Sequences;

/// <summary>
/// Sequences of numbers of unequal length, with a class each or without. A batch holds "input", int64 [B, T], padded to its
/// longest; "mask", bool [B, T], true where the sequence is; and with classes "target", int64 [B].
/// </summary>
public sealed class SequenceDataset : IDataset
{
    /// <summary>The name of the mask in a batch.</summary>
    public const string MaskName = "mask";

    private readonly int[][] _sequences;
    private readonly int[]? _classes;
    private readonly Padding _padding;

    /// <summary>Wraps sequences; what they hold is not copied.</summary>
    /// <param name="sequences">The sequences, such as sentences that a tokenizer made numbers of.</param>
    /// <param name="classes">The class of each.</param>
    /// <param name="padding">How a batch is padded; without it, with zeros behind.</param>
    /// <exception cref="ArgumentException">There are not as many classes as sequences.</exception>
    public SequenceDataset(IReadOnlyList<int[]> sequences, IReadOnlyList<int>? classes = null, Padding? padding = null)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        if (classes is not null && classes.Count != sequences.Count)
        {
            throw new ArgumentException($"{sequences.Count} sequences have not {classes.Count} classes.", nameof(classes));
        }

        (_sequences, _classes, _padding) = ([.. sequences], classes?.ToArray(), padding ?? new Padding());
        Lengths = [.. _sequences.Select(sequence => Math.Min(sequence.Length, _padding.Longest))];
    }

    /// <inheritdoc/>
    public long Count => _sequences.Length;

    /// <inheritdoc/>
    public string SampleNoun => "sequences";

    /// <summary>The length of each sequence, as far as it is kept: what a <see cref="BucketSampler"/> needs.</summary>
    public IReadOnlyList<int> Lengths { get; }

    /// <inheritdoc/>
    public Batch Read(ReadOnlySpan<long> indices)
    {
        long[] chosen = indices.ToArray();
        (Tensor values, Tensor mask) = _padding.Pad([.. chosen.Select(index => _sequences[index])]);
        return _classes is null
            ? new Batch(indices, (Batch.InputName, values), (MaskName, mask))
            : new Batch(indices, (Batch.InputName, values), (MaskName, mask), (Batch.TargetName, tensor(Array.ConvertAll(chosen, index => (long)_classes[index]))));
    }
}
