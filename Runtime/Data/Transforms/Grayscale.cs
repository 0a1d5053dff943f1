namespace Dlm.Runtime.Data.Transforms;

/// <summary>Takes the colour away: three equal channels stay, unless one is asked for. Grey images stay as they are.</summary>
/// <param name="chance">From what share of the images.</param>
/// <param name="single">Leave one channel, which every image must then have (chance 1).</param>
public sealed class Grayscale(double chance = 1, bool single = false) : IImageTransform
{
    private readonly bool _single = !single || chance >= 1
        ? single
        : throw new ArgumentOutOfRangeException(nameof(single), single, "One channel can be left only where all images are made grey (chance: 1), as those of a batch have equally many.");

    /// <inheritdoc/>
    public void Apply(Image image, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(random);
        if (random.NextDouble() >= chance) return;
        Colors.RequireColor(image);
        if (image.Channels == 1) return;
        ReadOnlySpan<float> source = image.Values;
        int area = image.Area;
        Span<float> target = image.Replace(_single ? 1 : 3, image.Height, image.Width);
        for (int i = 0; i < area; i++) target[i] = Colors.Grey(source[i], source[area + i], source[2 * area + i]);
        for (int channel = 1; channel < image.Channels; channel++) target[..area].CopyTo(target[(channel * area)..]);
    }
}
