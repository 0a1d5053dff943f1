namespace Dlm.Runtime.Data.Transforms;

/// <summary>Keeps the middle of the image.</summary>
/// <param name="height">The height of what is kept.</param>
/// <param name="width">Its width.</param>
public sealed class CenterCrop(int height, int width) : IImageTransform
{
    /// <summary>Keeps a square.</summary>
    /// <param name="size">Its height and width.</param>
    public CenterCrop(int size)
        : this(size, size)
    {
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The image is smaller than that.</exception>
    public void Apply(Image image, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(image);
        To(image, height, width);
    }

    internal static void To(Image image, int height, int width)
    {
        if (height > image.Height || width > image.Width) throw new InvalidOperationException($"An image of {image.Height} x {image.Width} has no middle of {height} x {width}.");
        image.Crop(Half(image.Height - height), Half(image.Width - width), height, width);
    }

    // To the even one, as Python's round, and so torchvision.
    private static int Half(int rest) => (int)Math.Round(rest / 2.0, MidpointRounding.ToEven);
}
