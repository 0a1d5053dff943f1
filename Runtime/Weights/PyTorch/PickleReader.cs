using System.Buffers.Binary;
using System.Text;
using Dlm.Runtime.Files;

namespace Dlm.Runtime.Weights.PyTorch;

/// <summary>Takes numbers and texts from the bytes of a pickle.</summary>
/// <param name="file">The file.</param>
/// <param name="position">Where it begins.</param>
/// <param name="end">Where it ends at the latest.</param>
internal sealed class PickleReader(MappedFile file, long position, long end)
{
    private const int LongestLine = 1 << 12;

    /// <summary>The next byte's place.</summary>
    public long Position { get; private set; } = position;

    /// <summary>How long the file is.</summary>
    public long FileLength => file.Length;

    /// <summary>The next bytes.</summary>
    public ReadOnlySpan<byte> Bytes(long count)
    {
        if (count < 0 || count > end - Position) throw new MalformedFileException("it is truncated or damaged: its pickle ends too early");
        ReadOnlySpan<byte> bytes = file.Slice(Position, count);
        Position += count;
        return bytes;
    }

    /// <summary>One byte.</summary>
    public byte Byte() => Bytes(1)[0];

    /// <summary>Two bytes, lowest first.</summary>
    public int UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2));

    /// <summary>Four bytes, lowest first.</summary>
    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Bytes(4));

    /// <summary>Four bytes, lowest first.</summary>
    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    /// <summary>Eight bytes, lowest first.</summary>
    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Bytes(8));

    /// <summary>Eight bytes of a floating-point number, highest first.</summary>
    public double Double() => BinaryPrimitives.ReadDoubleBigEndian(Bytes(8));

    /// <summary>A text of so many bytes.</summary>
    public string Text(long count) => Encoding.UTF8.GetString(Bytes(count));

    /// <summary>A text up to the end of the line.</summary>
    public string Line()
    {
        ReadOnlySpan<byte> ahead = file.Slice(Position, Math.Min(LongestLine, end - Position));
        int length = ahead.IndexOf((byte)'\n');
        if (length < 0) throw new MalformedFileException("it is truncated or damaged: a line of its pickle does not end");
        Position += length + 1;
        return Encoding.UTF8.GetString(ahead[..length]);
    }
}
