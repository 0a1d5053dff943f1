using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dlm.Runtime.Data.Transforms;

/// <summary>
/// Mixes each sample with another of its batch, and their targets likewise (Zhang et al., 2018): the target becomes float32 [B, classes],
/// the shares of the classes, which cross-entropy takes as it takes classes.
/// </summary>
/// <param name="seed">The same seed mixes in the same way.</param>
/// <param name="classes">How many classes there are.</param>
/// <param name="alpha">The share of a sample is drawn from Beta(alpha, alpha): near 0 hardly anything is mixed, at 1 any share is as likely.</param>
/// <remarks>One share for the whole batch, as the paper has it; it depends on the seed, the epoch and the first sample of the batch.</remarks>
public sealed class Mixup(ulong seed, int classes, double alpha = 0.2) : ITransform
{
    private readonly double _alpha = alpha > 0 ? alpha : throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "Beta(alpha, alpha) needs an alpha above 0.");

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The inputs are not float32, or the targets no classes below <c>classes</c>.</exception>
    public Batch Apply(Batch batch, int epoch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        RandomStream random = new(seed, (ulong)epoch, (ulong)batch.Indices[0]);
        float share = (float)random.NextBeta(_alpha, _alpha);
        int[] partners = [.. Enumerable.Range(0, batch.Count)];
        random.Shuffle<int>(partners);
        return batch.With((Batch.InputName, Mix(batch.Input, partners, share)), (Batch.TargetName, Mix(batch.Target, partners, share, classes)));
    }

    private static Tensor Mix(Tensor input, int[] partners, float share)
    {
        if (input.dtype != ScalarType.Float32) throw new InvalidOperationException($"Inputs of type {input.dtype} cannot be mixed; float32 can.");
        using Tensor whole = input.contiguous();
        Tensor mixed = empty(input.shape);
        ReadOnlySpan<float> source = MemoryMarshal.Cast<byte, float>(whole.bytes);
        Span<float> target = MemoryMarshal.Cast<byte, float>(mixed.bytes);
        int size = source.Length / partners.Length;
        for (int row = 0; row < partners.Length; row++)
        {
            ReadOnlySpan<float> own = source.Slice(row * size, size), other = source.Slice(partners[row] * size, size);
            Span<float> to = target.Slice(row * size, size);
            for (int i = 0; i < size; i++) to[i] = share * own[i] + (1 - share) * other[i];
        }

        return mixed;
    }

    private static Tensor Mix(Tensor target, int[] partners, float share, int classes)
    {
        if (target.dtype != ScalarType.Int64 || target.dim() != 1) throw new InvalidOperationException($"Targets {target.dtype} [{string.Join(", ", target.shape)}] cannot be mixed; classes, int64 [B], can.");
        long[] labels = target.ToArray<long>();
        int strange = Array.FindIndex(labels, label => label < 0 || label >= classes);
        if (strange >= 0) throw new InvalidOperationException($"Class {labels[strange]} is none of the {classes} that are mixed.");
        Tensor mixed = zeros([labels.Length, classes]);
        Span<float> shares = MemoryMarshal.Cast<byte, float>(mixed.bytes);
        for (int row = 0; row < labels.Length; row++)
        {
            shares[row * classes + (int)labels[row]] += share;
            shares[row * classes + (int)labels[partners[row]]] += 1 - share;
        }

        return mixed;
    }
}
