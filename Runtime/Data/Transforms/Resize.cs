namespace Dlm.Runtime.Data.Transforms;

/// <summary>
/// Scales images by linear interpolation; where they become smaller every pixel is averaged over all that it covers, as in Pillow and in
/// torchvision with <c>antialias=True</c>.
/// </summary>
/// <param name="height">The new height.</param>
/// <param name="width">The new width.</param>
public sealed class Resize(int height, int width) : IImageTransform
{
    /// <summary>Scales to a square.</summary>
    /// <param name="size">The new height and width.</param>
    public Resize(int size)
        : this(size, size)
    {
    }

    /// <inheritdoc/>
    public void Apply(Image image, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(image);
        To(image, height, width);
    }

    internal static void To(Image image, int height, int width)
    {
        if (width != image.Width)
        {
            Taps taps = Taps.For(image.Width, width);
            ReadOnlySpan<float> source = image.Values;
            int before = image.Width;
            Span<float> target = image.Replace(image.Channels, image.Height, width);
            for (int row = 0; row < image.Channels * image.Height; row++)
            {
                ReadOnlySpan<float> from = source.Slice(row * before, before);
                for (int x = 0; x < width; x++)
                {
                    float sum = 0;
                    ReadOnlySpan<float> weights = taps.Weights(x);
                    for (int k = 0; k < weights.Length; k++) sum += weights[k] * from[taps.First[x] + k];
                    target[row * width + x] = sum;
                }
            }
        }

        if (height != image.Height)
        {
            Taps taps = Taps.For(image.Height, height);
            ReadOnlySpan<float> source = image.Values;
            int before = image.Height;
            Span<float> target = image.Replace(image.Channels, height, width);
            target.Clear();
            for (int row = 0; row < image.Channels * height; row++)
            {
                int y = row % height;
                ReadOnlySpan<float> weights = taps.Weights(y);
                Span<float> to = target.Slice(row * width, width);
                for (int k = 0; k < weights.Length; k++)
                {
                    ReadOnlySpan<float> from = source.Slice((row / height * before + taps.First[y] + k) * width, width);
                    for (int x = 0; x < width; x++) to[x] += weights[k] * from[x];
                }
            }
        }
    }

    /// <summary>Which pixels each new one is made of, in one direction, and by what shares.</summary>
    private sealed record Taps(int[] First, int[] Counts, float[] All, int Most)
    {
        public static Taps For(int before, int after)
        {
            double scale = (double)before / after, support = Math.Max(1, scale);
            int most = (int)Math.Ceiling(support) * 2 + 1;
            Taps taps = new(new int[after], new int[after], new float[after * most], most);
            for (int i = 0; i < after; i++)
            {
                double centre = scale * (i + 0.5);
                int first = Math.Max(0, (int)(centre - support + 0.5)), count = Math.Min(before, (int)(centre + support + 0.5)) - first;
                (taps.First[i], taps.Counts[i]) = (first, count);
                double sum = 0;
                for (int k = 0; k < count; k++) sum += Triangle((first + k - centre + 0.5) / support);
                for (int k = 0; k < count; k++) taps.All[i * most + k] = (float)(Triangle((first + k - centre + 0.5) / support) / sum);
            }

            return taps;
        }

        public ReadOnlySpan<float> Weights(int i) => All.AsSpan(i * Most, Counts[i]);

        private static double Triangle(double x) => Math.Max(0, 1 - Math.Abs(x));
    }
}
