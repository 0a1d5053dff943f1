namespace Dlm.Runtime.Data.Transforms;

/// <summary>Keeps a window somewhere in the image, which may first get a border.</summary>
public sealed class RandomCrop : IImageTransform
{
    private readonly int _height, _width, _pad;
    private readonly float _fill;

    /// <summary>Crops to a square.</summary>
    /// <param name="size">The height and width of what is kept.</param>
    /// <param name="pad">How wide a border is put around the image first.</param>
    /// <param name="fill">What the border is filled with; after normalising, 0 is the mean colour.</param>
    public RandomCrop(int size, int pad = 0, double fill = 0)
        : this(size, size, pad, fill)
    {
    }

    /// <summary>Crops to a rectangle.</summary>
    /// <param name="height">The height of what is kept.</param>
    /// <param name="width">Its width.</param>
    /// <param name="pad">How wide a border is put around the image first.</param>
    /// <param name="fill">What the border is filled with.</param>
    public RandomCrop(int height, int width, int pad, double fill)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegative(pad);
        (_height, _width, _pad, _fill) = (height, width, pad, (float)fill);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The image, with its border, is smaller than the window.</exception>
    public void Apply(Image image, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(random);
        (int room, int space) = (image.Height + 2 * _pad - _height, image.Width + 2 * _pad - _width);
        if (room < 0 || space < 0)
        {
            throw new InvalidOperationException($"A window of {_height} x {_width} does not fit into an image of {image.Height} x {image.Width} with a border of {_pad}.");
        }

        int top = (int)random.NextInt64(room + 1) - _pad, left = (int)random.NextInt64(space + 1) - _pad;
        if (top >= 0 && left >= 0 && top + _height <= image.Height && left + _width <= image.Width) image.Crop(top, left, _height, _width);
        else CropPadded(image, top, left);
    }

    private void CropPadded(Image image, int top, int left)
    {
        ReadOnlySpan<float> source = image.Values;
        (int height, int width) = (image.Height, image.Width);
        Span<float> target = image.Replace(image.Channels, _height, _width);
        target.Fill(_fill);
        int first = Math.Max(0, left), length = Math.Min(width, left + _width) - first;
        if (length <= 0) return;
        for (int channel = 0; channel < image.Channels; channel++)
        {
            for (int row = Math.Max(0, -top); row < _height && top + row < height; row++)
            {
                source.Slice((channel * height + top + row) * width + first, length).CopyTo(target[((channel * _height + row) * _width + first - left)..]);
            }
        }
    }
}
