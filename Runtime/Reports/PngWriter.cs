using System.Buffers.Binary;
using System.IO.Compression;
using Dlm.Runtime.Files;

namespace Dlm.Runtime.Reports;

/// <summary>Writes PNG (ISO/IEC 15948): 8 bits a channel, one filter, one compressed block; all that pictures of tensors need.</summary>
public static class PngWriter
{
    /// <summary>Encodes a grey picture.</summary>
    /// <param name="pixels">Row by row from the top, 0 black to 255 white.</param>
    /// <param name="width">Pixels from left to right.</param>
    /// <param name="height">Pixels from top to bottom.</param>
    public static byte[] EncodeGrey(ReadOnlySpan<byte> pixels, int width, int height) => Encode(pixels, width, height, channels: 1, colourType: 0);

    /// <summary>Encodes a colour picture.</summary>
    /// <param name="pixels">Row by row from the top, red, green and blue of each pixel after one another.</param>
    /// <param name="width">Pixels from left to right.</param>
    /// <param name="height">Pixels from top to bottom.</param>
    public static byte[] EncodeRgb(ReadOnlySpan<byte> pixels, int width, int height) => Encode(pixels, width, height, channels: 3, colourType: 2);

    private static byte[] Encode(ReadOnlySpan<byte> pixels, int width, int height, int channels, byte colourType)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (pixels.Length != (long)width * height * channels)
        {
            throw new ArgumentException($"A picture of {width} x {height} has {(long)width * height * channels} values, not {pixels.Length}.", nameof(pixels));
        }

        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8;
        header[9] = colourType;

        MemoryStream png = new();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        WriteChunk(png, "IHDR"u8, header);
        WriteChunk(png, "IDAT"u8, Compress(pixels, width * channels));
        WriteChunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    // Each row is led by the number of its filter; 0 leaves the values as they are.
    private static byte[] Compress(ReadOnlySpan<byte> pixels, int stride)
    {
        MemoryStream compressed = new();
        using (ZLibStream zlib = new(compressed, CompressionLevel.SmallestSize))
        {
            for (int row = 0; row < pixels.Length; row += stride)
            {
                zlib.WriteByte(0);
                zlib.Write(pixels.Slice(row, stride));
            }
        }

        return compressed.ToArray();
    }

    private static void WriteChunk(Stream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        Crc32 crc = new();
        crc.Add(type);
        crc.Add(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, crc.Value);
        png.Write(number);
    }
}
