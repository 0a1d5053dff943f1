using System.Buffers.Binary;
using System.Text;
using Dlm.Runtime.Files;

namespace Dlm.Runtime.Weights.PyTorch;

/// <summary>Writes a zip file whose entries are stored as they are, each beginning at a multiple of 64 bytes so that it can be mapped.</summary>
/// <param name="file">A new file, at its start; it must be possible to go back in it.</param>
/// <param name="wide">Write sizes with 64 bits even where 32 are enough.</param>
internal sealed class ZipWriter(Stream file, bool wide)
{
    private const int Alignment = 64;
    private const ushort Version = 45; // the first that knows 64 bits
    private const ushort FirstDay = (1 << 5) | 1; // 1 January 1980: the same weights make the same bytes
    private const ushort TextIsUtf8 = 1 << 11;
    private const int LocalLength = 30;
    private const int ChecksumPlace = 14;
    private readonly List<(byte[] Name, uint Crc, long Length, long Local)> _entries = [];

    /// <summary>Takes the next bytes of an entry.</summary>
    public delegate void Append(ReadOnlySpan<byte> bytes);

    /// <summary>Writes an entry.</summary>
    public void Add(string name, ReadOnlySpan<byte> content)
    {
        byte[] bytes = content.ToArray();
        Add(name, bytes.Length, append => append(bytes));
    }

    /// <summary>Writes an entry of so many bytes, which <paramref name="write"/> gives piece by piece.</summary>
    public void Add(string name, long length, Action<Append> write)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(name);
        long local = file.Position;
        bool isWide = wide || length >= uint.MaxValue;
        List<byte> extra = isWide ? [.. U16(1), .. U16(16), .. U64(length), .. U64(length)] : [];
        int padding = (int)((Alignment - (local + LocalLength + utf8.Length + extra.Count + 4) % Alignment) % Alignment);
        extra.AddRange([.. "FB"u8, .. U16((ushort)padding), .. new byte[padding]]); // the field that PyTorch pads with

        file.Write([.. "PK\u0003\u0004"u8, .. U16(Version), .. U16(TextIsUtf8), .. U16(0), .. U16(0), .. U16(FirstDay), .. U32(0),
            .. U32(isWide ? uint.MaxValue : length), .. U32(isWide ? uint.MaxValue : length), .. U16((ushort)utf8.Length), .. U16((ushort)extra.Count), .. utf8, .. extra]);

        Crc32 crc = new();
        long written = 0;
        write(bytes =>
        {
            crc.Add(bytes);
            file.Write(bytes);
            written += bytes.Length;
        });
        if (written != length) throw new InvalidOperationException($"'{name}' has {written} bytes, where {length} were announced.");

        long end = file.Position;
        file.Position = local + ChecksumPlace;
        file.Write(U32(crc.Value));
        file.Position = end;
        _entries.Add((utf8, crc.Value, length, local));
    }

    /// <summary>Writes the directory.</summary>
    public void Finish()
    {
        long start = file.Position;
        foreach ((byte[] name, uint crc, long length, long local) in _entries)
        {
            bool isWide = wide || length >= uint.MaxValue || local >= uint.MaxValue;
            byte[] extra = isWide ? [.. U16(1), .. U16(24), .. U64(length), .. U64(length), .. U64(local)] : [];
            file.Write([.. "PK\u0001\u0002"u8, .. U16(Version), .. U16(Version), .. U16(TextIsUtf8), .. U16(0), .. U16(0), .. U16(FirstDay), .. U32(crc),
                .. U32(isWide ? uint.MaxValue : length), .. U32(isWide ? uint.MaxValue : length), .. U16((ushort)name.Length), .. U16((ushort)extra.Length),
                .. U16(0), .. U16(0), .. U16(0), .. U32(0), .. U32(isWide ? uint.MaxValue : local), .. name, .. extra]);
        }

        long end = file.Position, length64 = end - start;
        bool manyOrFar = wide || _entries.Count >= ushort.MaxValue || end >= uint.MaxValue;
        if (manyOrFar)
        {
            file.Write([.. "PK\u0006\u0006"u8, .. U64(44), .. U16(Version), .. U16(Version), .. U32(0), .. U32(0),
                .. U64(_entries.Count), .. U64(_entries.Count), .. U64(length64), .. U64(start)]);
            file.Write([.. "PK\u0006\u0007"u8, .. U32(0), .. U64(end), .. U32(1)]);
        }

        ushort count = manyOrFar ? ushort.MaxValue : (ushort)_entries.Count;
        file.Write([.. "PK\u0005\u0006"u8, .. U16(0), .. U16(0), .. U16(count), .. U16(count),
            .. U32(manyOrFar ? uint.MaxValue : length64), .. U32(manyOrFar ? uint.MaxValue : start), .. U16(0)]);
    }

    private static byte[] U16(ushort value) => [(byte)value, (byte)(value >> 8)];

    private static byte[] U32(long value)
    {
        byte[] bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)value);
        return bytes;
    }

    private static byte[] U64(long value)
    {
        byte[] bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }
}
