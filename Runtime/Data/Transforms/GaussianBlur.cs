namespace Dlm.Runtime.Data.Transforms;

/// <summary>Blurs images by a Gaussian of random width; beyond its borders an image goes on as its mirror image.</summary>
/// <param name="kernel">How many pixels the Gaussian is cut to, an odd number; SimCLR takes a tenth of the image.</param>
/// <param name="lowest">The lowest deviation, in pixels.</param>
/// <param name="highest">The highest one.</param>
/// <param name="chance">What share of the images is blurred.</param>
public sealed class GaussianBlur(int kernel, double lowest = 0.1, double highest = 2, double chance = 1) : IImageTransform
{
    private readonly int _kernel = kernel % 2 == 1 && kernel > 0 ? kernel : throw new ArgumentOutOfRangeException(nameof(kernel), kernel, "A kernel is as wide as an odd number of pixels, so that it has a middle.");

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The image is too small to be mirrored.</exception>
    public void Apply(Image image, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(random);
        if (random.NextDouble() < chance) Blur(image, _kernel, random.NextDouble(lowest, highest));
    }

    internal static void Blur(Image image, int kernel, double deviation)
    {
        int reach = kernel / 2;
        if (reach >= image.Height || reach >= image.Width) throw new InvalidOperationException($"An image of {image.Height} x {image.Width} is too small for a blur over {kernel} pixels.");
        float[] weights = [.. Enumerable.Range(-reach, kernel).Select(i => (float)Math.Exp(-0.5 * (i / deviation) * (i / deviation)))];
        float sum = weights.Sum();
        foreach (ref float weight in weights.AsSpan()) weight /= sum;
        Along(image, weights, image.Width, 1);
        Along(image, weights, image.Height, image.Width);
    }

    // One direction after the other: a Gaussian is the product of two.
    private static void Along(Image image, float[] weights, int length, int step)
    {
        ReadOnlySpan<float> source = image.Values;
        Span<float> target = image.Replace(image.Channels, image.Height, image.Width);
        target.Clear();
        int reach = weights.Length / 2;
        for (int k = 0; k < weights.Length; k++)
        {
            float weight = weights[k];
            for (int start = 0; start < source.Length; start += length * step)
            {
                for (int i = 0; i < length; i++)
                {
                    int from = start + Mirrored(i + k - reach, length) * step, to = start + i * step;
                    for (int j = 0; j < step; j++) target[to + j] += weight * source[from + j];
                }
            }
        }
    }

    private static int Mirrored(int i, int length) => i < 0 ? -i : i >= length ? 2 * (length - 1) - i : i;
}
