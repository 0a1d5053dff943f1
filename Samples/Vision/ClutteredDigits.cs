using System.Runtime.InteropServices;
using Dlm.Runtime.Data;
using static TorchSharp.torch;

namespace Dlm.Samples.Vision;

/// <summary>
/// Scenes of some digits among scraps of others, and what each pixel belongs to. A batch holds "input", float32 [B, 1, side, side] from 0 to 1, and "target", int64
/// [B, side, side]: 0 for the background, scraps among it, and a digit's value and one for its pixels.
/// </summary>
/// <param name="digits">What they are made of.</param>
/// <param name="count">How many there are.</param>
/// <param name="side">How high and wide they are.</param>
/// <param name="seed">The same seed makes the same scenes.</param>
internal sealed class ClutteredDigits(LabelledImages digits, long count, int side, ulong seed) : IDataset
{
    private const int DigitsInScene = 3, Quarters = 4, Scraps = 12, ScrapSide = 8;
    private const byte Ink = 64; // from this on a pixel belongs to a digit

    public long Count => count;

    public string SampleNoun => "scenes";

    public Batch Read(ReadOnlySpan<long> indices)
    {
        int area = side * side;
        Tensor input = zeros([indices.Length, 1, side, side]), target = zeros([indices.Length, side, side], ScalarType.Int64);
        Span<float> values = MemoryMarshal.Cast<byte, float>(input.bytes);
        Span<long> classes = MemoryMarshal.Cast<byte, long>(target.bytes);
        for (int i = 0; i < indices.Length; i++) Draw(new RandomStream(seed, (ulong)indices[i]), values.Slice(i * area, area), classes.Slice(i * area, area));
        return new Batch(indices, (Batch.InputName, input), (Batch.TargetName, target));
    }

    private void Draw(RandomStream random, Span<float> values, Span<long> classes)
    {
        for (int scrap = 0; scrap < Scraps; scrap++)
        {
            (int top, int left) = ((int)random.NextInt64(digits.Height - ScrapSide), (int)random.NextInt64(digits.Width - ScrapSide));
            (int down, int across) = ((int)random.NextInt64(side - ScrapSide + 1), (int)random.NextInt64(side - ScrapSide + 1));
            Paste(random.NextInt64(digits.Count), top, left, ScrapSide, down, across, isDigit: false, values, classes);
        }

        // Each in a quarter of its own, so that digits do not hide one another.
        Span<int> quarters = [.. Enumerable.Range(0, Quarters)];
        random.Shuffle(quarters);
        int half = side / 2, room = half - digits.Height + 1;
        foreach (int quarter in quarters[..DigitsInScene])
        {
            (int down, int across) = (quarter / 2 * half + (int)random.NextInt64(room), quarter % 2 * half + (int)random.NextInt64(room));
            Paste(random.NextInt64(digits.Count), 0, 0, digits.Height, down, across, isDigit: true, values, classes);
        }
    }

    /// <summary>Lays a part of an image over what is there.</summary>
    private void Paste(long image, int top, int left, int size, int down, int across, bool isDigit, Span<float> values, Span<long> classes)
    {
        ReadOnlySpan<byte> pixels = digits.Image(image);
        for (int y = 0; y < size; y++)
        {
            for (int x = 0; x < size; x++)
            {
                byte pixel = pixels[(top + y) * digits.Width + left + x];
                int at = (down + y) * side + across + x;
                values[at] = Math.Max(values[at], pixel / 255f);
                if (isDigit && pixel >= Ink) classes[at] = 1 + digits.Label(image);
            }
        }
    }
}
