using static TorchSharp.torch;

namespace Dlm.Runtime.Reports;

/// <summary>Puts a batch of images side by side into one PNG, as what a generator made.</summary>
public static class ImageSheet
{
    private const int Gap = 2;

    /// <summary>Encodes the sheet.</summary>
    /// <param name="images">Grey or colour images, <c>[B, 1, H, W]</c> or <c>[B, 3, H, W]</c>, of values from <paramref name="low"/> to <paramref name="high"/>; what lies beyond is cut off.</param>
    /// <param name="columns">How many stand side by side.</param>
    /// <param name="low">What is black.</param>
    /// <param name="high">What is white.</param>
    /// <param name="zoom">How many pixels wide and high each of theirs is drawn.</param>
    /// <exception cref="ArgumentException">The tensor has another shape.</exception>
    public static byte[] Encode(Tensor images, int columns = 8, double low = 0, double high = 1, int zoom = 2)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(zoom);
        if (images.shape is not [> 0 and var count, (1 or 3) and var channels, > 0 and var height, > 0 and var width])
        {
            throw new ArgumentException($"Images are [B, 1, H, W] or [B, 3, H, W], and these are [{string.Join(", ", images.shape)}].", nameof(images));
        }

        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        Tensor scaled = ((images.detach().to(ScalarType.Float32).cpu() - low) * (255 / (high - low))).round().clamp(0, 255).to(ScalarType.Byte);
        byte[] pixels = scaled.permute(0, 2, 3, 1).contiguous().data<byte>().ToArray();

        int rows = (int)((count + columns - 1) / columns), across = (int)width * zoom + Gap, down = (int)height * zoom + Gap;
        int sheetWidth = columns * across + Gap, sheetHeight = rows * down + Gap;
        byte[] sheet = new byte[sheetWidth * sheetHeight * channels];
        Array.Fill(sheet, (byte)255);
        for (int i = 0; i < count; i++)
        {
            int left = Gap + i % columns * across, top = Gap + i / columns * down;
            for (int y = 0; y < height * zoom; y++)
            {
                for (int x = 0; x < width * zoom; x++)
                {
                    long from = ((i * height + y / zoom) * width + x / zoom) * channels, to = ((top + y) * sheetWidth + left + x) * channels;
                    pixels.AsSpan((int)from, (int)channels).CopyTo(sheet.AsSpan((int)to));
                }
            }
        }

        return channels == 1 ? PngWriter.EncodeGrey(sheet, sheetWidth, sheetHeight) : PngWriter.EncodeRgb(sheet, sheetWidth, sheetHeight);
    }
}
