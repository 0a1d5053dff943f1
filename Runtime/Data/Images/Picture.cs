namespace Dlm.Runtime.Data.Images;

/// <summary>A decoded image file.</summary>
/// <param name="Pixels">The values, pixel by pixel: [height, width, channels].</param>
/// <param name="Height">Pixels from top to bottom.</param>
/// <param name="Width">Pixels from left to right.</param>
/// <param name="Channels">1 for grey images, 3 for red, green and blue.</param>
public sealed record Picture(byte[] Pixels, int Height, int Width, int Channels)
{
    /// <summary>The same picture with one channel or three. Grey is ITU-R 601's, to the bit of Pillow's.</summary>
    public Picture WithChannels(int channels)
    {
        if (channels == Channels) return this;
        byte[] pixels = new byte[Height * Width * channels];
        if (channels == 3)
        {
            for (int i = 0; i < Pixels.Length; i++) pixels.AsSpan(3 * i, 3).Fill(Pixels[i]);
        }
        else
        {
            for (int i = 0; i < pixels.Length; i++) pixels[i] = (byte)((Pixels[3 * i] * 19595 + Pixels[3 * i + 1] * 38470 + Pixels[3 * i + 2] * 7471 + 0x8000) >> 16);
        }

        return this with { Pixels = pixels, Channels = channels };
    }
}
