namespace Dlm.Runtime.Data.Transforms;

/// <summary>Swaps left and right.</summary>
/// <param name="chance">In what share of the images.</param>
public sealed class HorizontalFlip(double chance = 0.5) : IImageTransform
{
    /// <inheritdoc/>
    public void Apply(Image image, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(random);
        if (random.NextDouble() >= chance) return;
        Span<float> values = image.Values;
        for (int start = 0; start < values.Length; start += image.Width) values.Slice(start, image.Width).Reverse();
    }
}
