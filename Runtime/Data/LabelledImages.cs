using System.Numerics;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dlm.Runtime.Data;

/// <summary>
/// Images of one size with a class each, kept as bytes. A batch holds "input", float32 [B, channels, height, width]
/// normalised to (pixel / 255 - mean) / deviation, and "target", int64 [B].
/// </summary>
public sealed class LabelledImages : IDataset
{
    private readonly byte[] _pixels;
    private readonly byte[] _labels;
    private readonly float[] _scales; // one for each channel, as the shifts
    private readonly float[] _shifts;

    /// <summary>Wraps pixels and labels; they are not copied.</summary>
    /// <param name="pixels">The images one after another, each [channels, height, width].</param>
    /// <param name="labels">A class for each image.</param>
    /// <param name="channels">1 for grey images, 3 for colour.</param>
    /// <param name="height">Pixels from top to bottom.</param>
    /// <param name="width">Pixels from left to right.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="mean">The mean of all pixels, where white is 1.</param>
    /// <param name="deviation">Their standard deviation.</param>
    /// <exception cref="ArgumentException">The sizes do not belong together.</exception>
    public LabelledImages(byte[] pixels, byte[] labels, int channels, int height, int width, int classes, double mean = 0, double deviation = 1)
        : this(pixels, labels, channels, height, width, classes, [.. Enumerable.Repeat(mean, channels)], [.. Enumerable.Repeat(deviation, channels)])
    {
    }

    /// <summary>Wraps pixels and labels; they are not copied.</summary>
    /// <param name="pixels">The images one after another, each [channels, height, width].</param>
    /// <param name="labels">A class for each image.</param>
    /// <param name="channels">1 for grey images, 3 for colour.</param>
    /// <param name="height">Pixels from top to bottom.</param>
    /// <param name="width">Pixels from left to right.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="means">The mean of each channel's pixels, where white is 1.</param>
    /// <param name="deviations">The standard deviation of each channel's pixels.</param>
    /// <exception cref="ArgumentException">The sizes do not belong together.</exception>
    public LabelledImages(
        byte[] pixels, byte[] labels, int channels, int height, int width, int classes, IReadOnlyList<double> means, IReadOnlyList<double> deviations)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentNullException.ThrowIfNull(labels);
        if (pixels.LongLength != (long)labels.Length * channels * height * width)
        {
            throw new ArgumentException($"{labels.Length} images of {channels} x {height} x {width} have not {pixels.LongLength} pixels.", nameof(pixels));
        }

        ArgumentNullException.ThrowIfNull(means);
        ArgumentNullException.ThrowIfNull(deviations);
        if (means.Count != channels || deviations.Count != channels)
        {
            throw new ArgumentException($"Images of {channels} channels have not {means.Count} means and {deviations.Count} deviations.", nameof(means));
        }

        (_pixels, _labels, Channels, Height, Width, Classes) = (pixels, labels, channels, height, width, classes);
        _scales = [.. deviations.Select(deviation => (float)(1 / (255 * deviation)))];
        _shifts = [.. means.Zip(deviations, (mean, deviation) => (float)(-mean / deviation))];
    }

    /// <inheritdoc/>
    public long Count => _labels.Length;

    /// <inheritdoc/>
    public string SampleNoun => "images";

    /// <summary>1 for grey images, 3 for colour.</summary>
    public int Channels { get; }

    /// <summary>Pixels from top to bottom.</summary>
    public int Height { get; }

    /// <summary>Pixels from left to right.</summary>
    public int Width { get; }

    /// <summary>How many classes there are.</summary>
    public int Classes { get; }

    int? IDataset.Classes => Classes;

    /// <summary>The pixels of one image as they are stored: [channels, height, width], 0 to 255.</summary>
    public ReadOnlySpan<byte> Image(long index)
    {
        int size = Channels * Height * Width;
        return _pixels.AsSpan(checked((int)(index * size)), size);
    }

    /// <summary>The class of one image.</summary>
    public int Label(long index) => _labels[index];

    /// <summary>The same images with values from 0 to 1, for transforms that change colours and normalise afterwards.</summary>
    public LabelledImages WithoutNormalizing() => new(_pixels, _labels, Channels, Height, Width, Classes);

    /// <inheritdoc/>
    public Batch Read(ReadOnlySpan<long> indices)
    {
        Tensor input = empty([indices.Length, Channels, Height, Width], dtype: ScalarType.Float32);
        Tensor target = empty([indices.Length], dtype: ScalarType.Int64);

        // Written in place by this thread alone: a tensor operation would wake libtorch's threads, which the training step needs.
        Span<float> values = MemoryMarshal.Cast<byte, float>(input.bytes);
        Span<long> labels = MemoryMarshal.Cast<byte, long>(target.bytes);
        int plane = Height * Width;
        for (int i = 0; i < indices.Length; i++)
        {
            ReadOnlySpan<byte> image = Image(indices[i]);
            for (int c = 0; c < Channels; c++) Normalise(image.Slice(c * plane, plane), values.Slice((i * Channels + c) * plane, plane), _scales[c], _shifts[c]);
            labels[i] = Label(indices[i]);
        }

        return new Batch(indices, (Batch.InputName, input), (Batch.TargetName, target));
    }

    private static void Normalise(ReadOnlySpan<byte> pixels, Span<float> values, float scale, float shift)
    {
        int i = 0, quarter = Vector<float>.Count;
        for (; i + Vector<byte>.Count <= pixels.Length; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(pixels[i..]), out Vector<ushort> low, out Vector<ushort> high);
            Vector.Widen(low, out Vector<uint> first, out Vector<uint> second);
            Vector.Widen(high, out Vector<uint> third, out Vector<uint> fourth);
            Write(first, values[i..]);
            Write(second, values[(i + quarter)..]);
            Write(third, values[(i + 2 * quarter)..]);
            Write(fourth, values[(i + 3 * quarter)..]);
        }

        for (; i < pixels.Length; i++) values[i] = pixels[i] * scale + shift;

        void Write(Vector<uint> some, Span<float> to) => (Vector.ConvertToSingle(some) * scale + new Vector<float>(shift)).CopyTo(to);
    }
}
