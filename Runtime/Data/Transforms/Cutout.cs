namespace Dlm.Runtime.Data.Transforms;

/// <summary>Hides squares of the image, whose centres may lie anywhere in it (DeVries and Taylor, 2017).</summary>
/// <param name="size">The side of a square.</param>
/// <param name="count">How many there are.</param>
/// <param name="fill">What they are filled with; after normalising, 0 is the mean colour.</param>
public sealed class Cutout(int size, int count = 1, double fill = 0) : IImageTransform
{
    /// <inheritdoc/>
    public void Apply(Image image, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(random);
        for (int square = 0; square < count; square++)
        {
            int top = (int)random.NextInt64(image.Height) - size / 2, left = (int)random.NextInt64(image.Width) - size / 2;
            Erase(image, top, left);
        }
    }

    private void Erase(Image image, int top, int left)
    {
        (int first, int last) = (Math.Max(0, left), Math.Min(image.Width, left + size));
        for (int channel = 0; channel < image.Channels; channel++)
        {
            Span<float> plane = image.Plane(channel);
            for (int row = Math.Max(0, top); row < Math.Min(image.Height, top + size); row++) plane[(row * image.Width + first)..(row * image.Width + last)].Fill((float)fill);
        }
    }
}
