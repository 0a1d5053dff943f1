using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dlm.Runtime.Data.Sequences;

/// <summary>Puts sequences of unequal length into one tensor, with a mask that says where they are.</summary>
/// <remarks>
/// In a mask, true says that there is something to look at, as the language's attention reads it. PyTorch's
/// <c>key_padding_mask</c> says the opposite: <c>mask.logical_not()</c>.
/// </remarks>
public sealed record Padding
{
    /// <summary>What stands where a sequence has ended: the vocabulary's PAD.</summary>
    public int Value { get; init; }

    /// <summary>How much of a sequence is kept at most, from its beginning.</summary>
    public int Longest { get; init; } = int.MaxValue;

    /// <summary>The width of the tensor is rounded up to a multiple of this: 8 suits tensor cores, and few widths suit what is compiled for each.</summary>
    public int MultipleOf { get; init; } = 1;

    /// <summary>Whether the padding stands before the sequences rather than behind them, as text generation in batches needs.</summary>
    public bool Before { get; init; }

    /// <summary>Pads sequences of numbers.</summary>
    /// <param name="sequences">One sequence for each sample; it may be empty.</param>
    /// <returns>The values, int64 [B, T], and the mask, bool [B, T], where T is the longest length.</returns>
    public (Tensor Values, Tensor Mask) Pad(IReadOnlyList<int[]> sequences)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        int width = Width(sequences.Select(sequence => sequence.Length));
        Tensor values = empty([sequences.Count, width], dtype: ScalarType.Int64);
        Span<long> all = MemoryMarshal.Cast<byte, long>(values.bytes);
        all.Fill(Value);
        for (int row = 0; row < sequences.Count; row++)
        {
            (int start, int length) = Place(sequences[row].Length, width);
            Span<long> place = all.Slice(row * width + start, length);
            for (int i = 0; i < length; i++) place[i] = sequences[row][i];
        }

        return (values, Mask([.. sequences.Select(sequence => sequence.Length)], width));
    }

    /// <summary>Pads sequences of vectors, such as frames of sound; the padding is 0.</summary>
    /// <param name="sequences">One sequence for each sample, its vectors one after the other.</param>
    /// <param name="features">How many numbers a vector has.</param>
    /// <returns>The values, float32 [B, T, features], and the mask, bool [B, T].</returns>
    /// <exception cref="ArgumentException">A sequence is no whole number of vectors.</exception>
    public (Tensor Values, Tensor Mask) Pad(IReadOnlyList<float[]> sequences, int features)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(features);
        if (sequences.FirstOrDefault(sequence => sequence.Length % features != 0) is { } odd)
        {
            throw new ArgumentException($"A sequence of {odd.Length} numbers is no whole number of vectors of {features}.", nameof(sequences));
        }

        int[] lengths = [.. sequences.Select(sequence => sequence.Length / features)];
        int width = Width(lengths);
        Tensor values = zeros([sequences.Count, width, features]);
        Span<float> all = MemoryMarshal.Cast<byte, float>(values.bytes);
        for (int row = 0; row < sequences.Count; row++)
        {
            (int start, int length) = Place(lengths[row], width);
            sequences[row].AsSpan(0, length * features).CopyTo(all[((row * width + start) * features)..]);
        }

        return (values, Mask(lengths, width));
    }

    private Tensor Mask(int[] lengths, int width)
    {
        Tensor mask = empty([lengths.Length, width], dtype: ScalarType.Bool);
        mask.bytes.Clear();
        for (int row = 0; row < lengths.Length; row++)
        {
            (int start, int length) = Place(lengths[row], width);
            mask.bytes.Slice(row * width + start, length).Fill(1);
        }

        return mask;
    }

    private int Width(IEnumerable<int> lengths)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MultipleOf);
        int longest = Math.Min(Longest, lengths.DefaultIfEmpty(0).Max());
        return checked((longest + MultipleOf - 1) / MultipleOf * MultipleOf);
    }

    private (int Start, int Length) Place(int length, int width)
    {
        int kept = Math.Min(length, Longest);
        return (Before ? width - kept : 0, kept);
    }
}
