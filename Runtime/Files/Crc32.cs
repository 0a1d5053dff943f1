using System.Buffers.Binary;

namespace Dlm.Runtime.Files;

/// <summary>The checksum of PNG and zip files (ISO 3309), eight bytes at a time (Kounavis and Berry, 2005).</summary>
internal struct Crc32()
{
    private const int Slices = 8;
    private static readonly uint[] Table = MakeTable();
    private uint _state = uint.MaxValue;

    /// <summary>The checksum of what has been added.</summary>
    public readonly uint Value => ~_state;

    /// <summary>Adds bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        uint crc = _state;
        for (; bytes.Length >= Slices; bytes = bytes[Slices..])
        {
            uint low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc, high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = Table[7 * 256 + (byte)low] ^ Table[6 * 256 + (byte)(low >> 8)] ^ Table[5 * 256 + (byte)(low >> 16)] ^ Table[4 * 256 + (low >> 24)]
                ^ Table[3 * 256 + (byte)high] ^ Table[2 * 256 + (byte)(high >> 8)] ^ Table[256 + (byte)(high >> 16)] ^ Table[high >> 24];
        }

        foreach (byte value in bytes) crc = Table[(byte)(crc ^ value)] ^ (crc >> 8);
        _state = crc;
    }

    // Row k holds what a byte becomes after k more bytes of zeros.
    private static uint[] MakeTable()
    {
        uint[] table = new uint[Slices * 256];
        for (uint value = 0; value < 256; value++)
        {
            uint crc = value;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : 0xEDB88320 ^ (crc >> 1);
            table[value] = crc;
        }

        for (int i = 256; i < table.Length; i++) table[i] = table[(byte)table[i - 256]] ^ (table[i - 256] >> 8);
        return table;
    }
}
