using System.Runtime.InteropServices;

namespace Dlm.Runtime.Data.Images;

/// <summary>JPEG by libjpeg-turbo's own interface, which needs no header files and no longjmp.</summary>
internal static unsafe class JpegDecoder
{
    private const int Rgb = 0, Grey = 6, Cmyk = 11;
    private const int GreyColors = 2, CmykColors = 3, YcckColors = 4;
    private const int AccurateTransform = 4096, LimitScans = 32768;

    // A block of 8 x 8 takes a bit at least, and a pixel of it may stand for 4 x 4 of the image.
    private const long PixelsPerByte = 8 * 64 * 16;

    public static NativeDecoder Library { get; } = new(
        "libjpeg-turbo", "Install it: 'apt-get install libturbojpeg0', 'brew install jpeg-turbo', or turbojpeg.dll on Windows' path.", "libturbojpeg.so.0", "libturbojpeg.0.dylib", "turbojpeg.dll", "libturbojpeg");

    public static Picture Decode(string path, byte[] content, long mostPixels)
    {
        var start = (delegate* unmanaged<nint>)Library.Function("tjInitDecompress", path);
        var readHeader = (delegate* unmanaged<nint, byte*, CULong, int*, int*, int*, int*, int>)Library.Function("tjDecompressHeader3", path);
        var decompress = (delegate* unmanaged<nint, byte*, CULong, byte*, int, int, int, int, int, int>)Library.Function("tjDecompress2", path);
        var errorText = (delegate* unmanaged<nint, nint>)Library.Function("tjGetErrorStr2", path);
        var destroy = (delegate* unmanaged<nint, int>)Library.Function("tjDestroy", path);
        nint decoder = start();
        if (decoder == 0) throw new OutOfMemoryException("libjpeg-turbo has no memory for a decoder.");
        try
        {
            fixed (byte* file = content)
            {
                CULong length = new((nuint)content.Length);
                int width, height, sampling, colors;
                if (readHeader(decoder, file, length, &width, &height, &sampling, &colors) != 0) throw Damaged(Problem());
                ImageFile.Check(path, width, height, mostPixels, content.Length * PixelsPerByte);
                (int format, int channels) = colors switch
                {
                    GreyColors => (Grey, 1),
                    CmykColors or YcckColors => (Cmyk, 4),
                    _ => (Rgb, 3),
                };
                byte[] pixels = new byte[checked(width * height * channels)];
                fixed (byte* target = pixels)
                {
                    if (decompress(decoder, file, length, target, width, 0, height, format, AccurateTransform | LimitScans) != 0 && Problem() is var problem && !IsMended(problem)) throw Damaged(problem);
                }

                return channels == 4 ? new Picture(FromCmyk(pixels), height, width, 3) : new Picture(pixels, height, width, channels);
            }
        }
        finally
        {
            destroy(decoder);
        }

        string Problem() => Marshal.PtrToStringUTF8(errorText(decoder)) ?? "";

        DataFileException Damaged(string problem) => new(path, $"it is a damaged or truncated JPEG file ({problem})", "Replace it, or take it out of the folder.");
    }

    // A few superfluous bytes are skipped with a warning, as everywhere, but an image of which a part is missing is none. After a warning the
    // library calls errors warnings too, so that the text must tell.
    private static bool IsMended(string problem) =>
        problem.StartsWith("Corrupt JPEG data", StringComparison.Ordinal) && !problem.Contains("premature end", StringComparison.Ordinal);

    // Adobe's files, and there are no others to speak of, hold the inverted inks.
    private static byte[] FromCmyk(byte[] inks)
    {
        byte[] pixels = new byte[inks.Length / 4 * 3];
        for (int from = 0, to = 0; from < inks.Length; from += 4, to += 3)
        {
            int black = inks[from + 3];
            for (int channel = 0; channel < 3; channel++) pixels[to + channel] = (byte)((inks[from + channel] * black + 127) / 255);
        }

        return pixels;
    }
}
