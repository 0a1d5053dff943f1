using Dlm.Runtime.Data;

namespace Dlm.Samples.Vision;

/// <summary>Digits that lie anywhere in a larger black picture (Mnih et al., 2014, section 4.1).</summary>
internal static class TranslatedDigits
{
    /// <summary>Puts each image somewhere into a square of <paramref name="side"/> pixels; the same seed puts it in the same place.</summary>
    public static LabelledImages Of(LabelledImages images, int side, ulong seed)
    {
        byte[] pixels = new byte[images.Count * side * side], labels = new byte[images.Count];
        for (int i = 0; i < images.Count; i++)
        {
            RandomStream random = new(seed, (ulong)i);
            (int top, int left) = ((int)random.NextInt64(side - images.Height + 1), (int)random.NextInt64(side - images.Width + 1));
            ReadOnlySpan<byte> image = images.Image(i);
            for (int y = 0; y < images.Height; y++)
            {
                image.Slice(y * images.Width, images.Width).CopyTo(pixels.AsSpan(((i * side) + top + y) * side + left));
            }

            labels[i] = (byte)images.Label(i);
        }

        return new LabelledImages(pixels, labels, 1, side, side, images.Classes);
    }
}
