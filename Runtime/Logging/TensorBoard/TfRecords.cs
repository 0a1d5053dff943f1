using System.Buffers.Binary;
using Dlm.Runtime.Files;

namespace Dlm.Runtime.Logging.TensorBoard;

/// <summary>The frames of TensorFlow's record files: length, its checksum, the data, their checksum, all little-endian.</summary>
internal static class TfRecords
{
    private const int HeaderLength = sizeof(ulong) + sizeof(uint);

    /// <summary>Writes one record.</summary>
    public static void Write(Stream file, ReadOnlySpan<byte> data)
    {
        Span<byte> header = stackalloc byte[HeaderLength], footer = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[sizeof(ulong)..], Crc32C.Masked(header[..sizeof(ulong)]));
        BinaryPrimitives.WriteUInt32LittleEndian(footer, Crc32C.Masked(data));
        file.Write(header);
        file.Write(data);
        file.Write(footer);
    }

    /// <summary>The records of a file with where each begins, up to its end or the first that is cut or damaged, as of a program that was killed.</summary>
    public static IEnumerable<(long Start, byte[] Data)> Read(Stream file)
    {
        byte[] header = new byte[HeaderLength], footer = new byte[sizeof(uint)];
        while (true)
        {
            long start = file.Position;
            if (file.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength) yield break;
            if (BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(sizeof(ulong))) != Crc32C.Masked(header.AsSpan(0, sizeof(ulong)))) yield break;
            ulong length = BinaryPrimitives.ReadUInt64LittleEndian(header);
            if (length > (ulong)Math.Max(0, file.Length - file.Position - sizeof(uint))) yield break;
            byte[] data = new byte[length];
            file.ReadExactly(data);
            file.ReadExactly(footer);
            if (BinaryPrimitives.ReadUInt32LittleEndian(footer) != Crc32C.Masked(data)) yield break;
            yield return (start, data);
        }
    }
}
