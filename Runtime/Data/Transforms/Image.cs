namespace Dlm.Runtime.Data.Transforms;

/// <summary>One image while it is being changed: planes of float32, [channels, height, width].</summary>
public sealed class Image
{
    private float[] _values = [];
    private float[] _spare = [];

    /// <summary>1 for grey images, 3 for red, green and blue.</summary>
    public int Channels { get; private set; }

    /// <summary>Pixels from top to bottom.</summary>
    public int Height { get; private set; }

    /// <summary>Pixels from left to right.</summary>
    public int Width { get; private set; }

    /// <summary>How many pixels a channel has.</summary>
    public int Area => Height * Width;

    /// <summary>All values, row by row, channel by channel.</summary>
    public Span<float> Values => _values.AsSpan(0, Channels * Area);

    /// <summary>The values of one channel.</summary>
    public Span<float> Plane(int channel) => Values.Slice(channel * Area, Area);

    /// <summary>Makes this a copy of other values.</summary>
    public void Set(ReadOnlySpan<float> values, int channels, int height, int width) => values.CopyTo(Replace(channels, height, width));

    /// <summary>
    /// Gives the image another size and unset values, to be filled in. What <see cref="Values"/> was before can still be read, until
    /// the next call.
    /// </summary>
    public Span<float> Replace(int channels, int height, int width)
    {
        (_values, _spare) = (_spare, _values);
        (Channels, Height, Width) = (channels, height, width);
        int length = checked(channels * height * width);
        if (_values.Length < length) _values = new float[length];
        return Values;
    }

    /// <summary>Keeps a rectangle of the image.</summary>
    public void Crop(int top, int left, int height, int width)
    {
        ReadOnlySpan<float> source = Values;
        int rows = Height, columns = Width;
        Span<float> target = Replace(Channels, height, width);
        for (int row = 0; row < Channels * height; row++)
        {
            source.Slice((row / height * rows + top + row % height) * columns + left, width).CopyTo(target.Slice(row * width, width));
        }
    }
}
