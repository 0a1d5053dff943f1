using System.Buffers.Binary;
using System.IO.Compression;

namespace Dlm.Runtime.Data;

/// <summary>Unsigned bytes with a shape, as an IDX file holds them.</summary>
/// <param name="Shape">The sizes of the dimensions, the first one counting the samples.</param>
/// <param name="Values">The values in row-major order.</param>
public sealed record IdxArray(int[] Shape, byte[] Values);

/// <summary>
/// Reads IDX, the format of MNIST (LeCun et al., 1998): two zero bytes, a type, the number of dimensions, their sizes as
/// big-endian 32-bit numbers, the values. Plain or gzip, told apart by content.
/// </summary>
public static class IdxFile
{
    private const byte UnsignedByte = 0x08;
    private const int LargestRank = 4;
    private const int Block = 1 << 20;

    // Deflate cannot expand further than this: a header that promises more is lying, and nothing is allocated for it.
    private const long LargestExpansion = 1032;

    /// <summary>Reads a whole file of unsigned bytes. Memory never exceeds what the file really holds.</summary>
    /// <exception cref="DataFileException">The file is missing, truncated, too long, of another format or of another type.</exception>
    public static IdxArray Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, Block);
            bool zipped = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
            file.Position = 0;
            if (!zipped) return Read(file, path, file.Length, zipped: false);
            using GZipStream content = new(file, CompressionMode.Decompress);
            return Read(content, path, Math.Min(file.Length, long.MaxValue / LargestExpansion) * LargestExpansion, zipped: true);
        }
        catch (InvalidDataException e)
        {
            throw new DataFileException(path, "its gzip compression is damaged", "Download it again.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException(path, "it cannot be read (" + e.Message.TrimEnd('.') + ")", "Check the path and its permissions.", e);
        }
    }

    private static IdxArray Read(Stream content, string path, long largestLength, bool zipped)
    {
        Span<byte> header = stackalloc byte[4 + 4 * LargestRank];
        int read = content.ReadAtLeast(header[..4], 4, throwOnEndOfStream: false);
        if (read < 4)
        {
            throw new DataFileException(path, read == 0 ? "it is empty" : $"it ends after {read} bytes, inside the header", "Download it again.");
        }

        if (header[0] != 0 || header[1] != 0 || header[2] is < UnsignedByte or > 0x0E || header[3] == 0)
        {
            throw new DataFileException(
                path,
                $"it is not an IDX file: it begins with {Convert.ToHexStringLower(header[..4])}, where MNIST's files begin with 00000801 (labels) or 00000803 (images)",
                header[0] == (byte)'<' ? "It looks like a web page saved in its place; download it again." : "Replace it by the original file.");
        }

        if (header[2] != UnsignedByte || header[3] > LargestRank)
        {
            throw new DataFileException(
                path,
                $"it is an IDX file of type 0x{header[2]:x2} with {header[3]} dimensions",
                $"Only unsigned bytes (type 0x08) with at most {LargestRank} dimensions can be read.");
        }

        int[] shape = new int[header[3]];
        Span<byte> sizes = header.Slice(4, 4 * shape.Length);
        if (content.ReadAtLeast(sizes, sizes.Length, throwOnEndOfStream: false) < sizes.Length)
        {
            throw new DataFileException(path, "it ends inside the header", "Download it again.");
        }

        UInt128 declared = 1;
        for (int i = 0; i < shape.Length; i++)
        {
            uint size = BinaryPrimitives.ReadUInt32BigEndian(sizes[(4 * i)..]);
            declared *= size;
            shape[i] = (int)Math.Min(size, int.MaxValue);
        }

        long available = largestLength - 4 - sizes.Length;
        string form = string.Join(" x ", shape);
        if (declared > (UInt128)Math.Min(available, Array.MaxLength))
        {
            throw Truncated(path, form, declared, zipped ? null : available);
        }

        int length = (int)declared;
        byte[] values = ReadValues(content, length, zipped, out int found);
        if (found < length) throw Truncated(path, form, declared, found);
        if (content.ReadByte() >= 0)
        {
            throw new DataFileException(path, $"its header promises {form} values, and more follow", "Its header or its content is damaged; download it again.");
        }

        return new IdxArray(shape, values);
    }

    // A compressed file may hold less than its header promises, so the array grows only with what arrives.
    private static byte[] ReadValues(Stream content, int length, bool zipped, out int found)
    {
        byte[] values = new byte[zipped ? Math.Min(length, Block) : length];
        found = 0;
        while (true)
        {
            found += content.ReadAtLeast(values.AsSpan(found), values.Length - found, throwOnEndOfStream: false);
            if (found < values.Length || values.Length == length) return values;
            Array.Resize(ref values, (int)Math.Min(length, 2L * values.Length));
        }
    }

    private static DataFileException Truncated(string path, string form, UInt128 declared, long? found) =>
        new(
            path,
            $"it is truncated or its header is damaged: the header promises {form} values ({declared} bytes), "
                + (found is { } bytes ? $"the file holds {bytes}" : "more than the file can hold"),
            "Download it again.");
}
