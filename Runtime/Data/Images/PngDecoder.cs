using System.Runtime.InteropServices;
using System.Text;

namespace Dlm.Runtime.Data.Images;

/// <summary>PNG by libpng's simplified interface, which needs no header files and no longjmp.</summary>
internal static unsafe class PngDecoder
{
    private const uint Version = 1, Alpha = 1, Color = 2, SixteenBits = 4, AssumeSrgb = 4;

    // Deflate cannot expand further than this, and a pixel takes a bit at least.
    private const long LargestExpansion = 1032, PixelsPerByte = 8;

    public static NativeDecoder Library { get; } = new(
        "libpng 1.6", "Install it: 'apt-get install libpng16-16', 'brew install libpng', or libpng16.dll on Windows' path.", "libpng16.so.16", "libpng16.16.dylib", "libpng16.dll", "libpng16");

    public static Picture Decode(string path, byte[] content, long mostPixels)
    {
        var begin = (delegate* unmanaged<State*, byte*, nuint, int>)Library.Function("png_image_begin_read_from_memory", path);
        var finish = (delegate* unmanaged<State*, byte*, byte*, int, void*, int>)Library.Function("png_image_finish_read", path);
        var free = (delegate* unmanaged<State*, void>)Library.Function("png_image_free", path);
        State state = new() { Version = Version };
        fixed (byte* file = content)
        {
            try
            {
                if (begin(&state, file, (nuint)content.Length) == 0) throw Damaged(path, state);
                ImageFile.Check(path, state.Width, state.Height, mostPixels, content.Length * LargestExpansion * PixelsPerByte);

                // Transparency is read and then left away: otherwise libpng would blend the image with a background.
                state.Format = (state.Format & (Color | Alpha)) & ~SixteenBits;
                state.Flags |= AssumeSrgb;
                int channels = (state.Format & Color) != 0 ? 3 : 1, stored = channels + ((state.Format & Alpha) != 0 ? 1 : 0);
                (int width, int height) = ((int)state.Width, (int)state.Height);
                byte[] pixels = new byte[checked(width * height * stored)];
                fixed (byte* target = pixels)
                {
                    if (finish(&state, null, target, 0, null) == 0) throw Damaged(path, state);
                }

                return new Picture(stored == channels ? pixels : WithoutAlpha(pixels, channels), height, width, channels);
            }
            finally
            {
                free(&state);
            }
        }
    }

    private static byte[] WithoutAlpha(byte[] pixels, int channels)
    {
        byte[] opaque = new byte[pixels.Length / (channels + 1) * channels];
        for (int from = 0, to = 0; to < opaque.Length; from += channels + 1, to += channels) pixels.AsSpan(from, channels).CopyTo(opaque.AsSpan(to));
        return opaque;
    }

    private static DataFileException Damaged(string path, State state) =>
        new(path, $"it is a damaged or truncated PNG file ({Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(state.Message))})", "Replace it, or take it out of the folder.");

    /// <summary>libpng's <c>png_image</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct State
    {
        public void* Opaque;
        public uint Version;
        public uint Width;
        public uint Height;
        public uint Format;
        public uint Flags;
        public uint Colors;
        public uint Error;
        public fixed byte Message[64];
    }
}
