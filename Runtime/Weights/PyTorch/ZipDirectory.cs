using System.Buffers.Binary;
using System.Text;
using Dlm.Runtime.Files;

namespace Dlm.Runtime.Weights.PyTorch;

/// <summary>
/// The directory of a zip file whose entries are stored as they are. Nothing is ever unpacked, so a small file cannot become a
/// large one; entries that overlap or share a name are refused.
/// </summary>
internal static class ZipDirectory
{
    private const uint EndMark = 0x06054b50;
    private const uint WideEndMark = 0x06064b50;
    private const uint WideLocatorMark = 0x07064b50;
    private const uint EntryMark = 0x02014b50;
    private const uint LocalMark = 0x04034b50;
    private const int EndLength = 22;
    private const int WideEndLength = 56;
    private const int WideLocatorLength = 20;
    private const int EntryLength = 46;
    private const int LocalLength = 30;
    private const int WideExtra = 1;
    private const uint InWideExtra = uint.MaxValue;

    /// <summary>Where an entry's bytes lie.</summary>
    public readonly record struct Entry(long Position, long Length);

    private readonly record struct Listed(string Name, bool Stored, long Local, long Length);

    /// <summary>Whether a file begins as this format's do.</summary>
    public static bool Begins(ReadOnlySpan<byte> start) => start.StartsWith("PK\u0003\u0004"u8);

    /// <summary>Reads the directory.</summary>
    /// <exception cref="MalformedFileException">It is damaged, or an entry is compressed or encrypted.</exception>
    public static Dictionary<string, Entry> Read(MappedFile file)
    {
        (long directory, long length, long count) = FindDirectory(file);
        List<Listed> listed = [];
        long at = directory;
        while (at < directory + length) listed.Add(ReadEntry(file, ref at));
        if (listed.Count != count) throw Damaged($"its directory lists {listed.Count} entries and announces {count}");

        Dictionary<string, Entry> entries = new(StringComparer.Ordinal);
        long end = 0;
        foreach (Listed one in listed.OrderBy(one => one.Local))
        {
            if (one.Local < end) throw Damaged($"'{one.Name}' overlaps another entry");
            if (!one.Stored) throw new MalformedFileException($"its entry '{one.Name}' is compressed or encrypted, which PyTorch's never are", "Unpack it and zip it again without compression (zip -0), or save it anew with torch.save.");
            Entry entry = Locate(file, one);
            end = entry.Position + entry.Length;
            if (end > directory) throw Damaged($"'{one.Name}' is longer than the file");
            if (!entries.TryAdd(one.Name, entry)) throw Damaged($"it holds '{one.Name}' twice");
        }

        return entries;
    }

    // The end mark stands at the very end, before a comment of at most 65,535 bytes.
    private static (long Directory, long Length, long Count) FindDirectory(MappedFile file)
    {
        int tail = (int)Math.Min(file.Length, EndLength + ushort.MaxValue);
        ReadOnlySpan<byte> bytes = file.Slice(file.Length - tail, tail);
        for (int at = tail - EndLength; at >= 0; at--)
        {
            ReadOnlySpan<byte> end = bytes[at..];
            if (U32(end) != EndMark || U16(end[20..]) != end.Length - EndLength) continue;
            long position = file.Length - tail + at;
            (long start, long length, long count) = (U32(end[16..]), U32(end[12..]), U16(end[10..]));
            if (position >= WideLocatorLength && file.Slice(position - WideLocatorLength, WideLocatorLength) is var locator && U32(locator) == WideLocatorMark)
            {
                position = I64(locator[8..]);
                ReadOnlySpan<byte> wide = file.Slice(position, WideEndLength);
                if (U32(wide) != WideEndMark) throw Damaged("its directory is not where it is said to be");
                (start, length, count) = (I64(wide[48..]), I64(wide[40..]), I64(wide[32..]));
            }

            return start >= 0 && length >= 0 && start <= position - length ? (start, length, count) : throw Damaged("its directory is not within the file");
        }

        throw new MalformedFileException("it is truncated: it begins like a zip file, and the directory at its end is missing");
    }

    private static Listed ReadEntry(MappedFile file, ref long at)
    {
        ReadOnlySpan<byte> entry = file.Slice(at, EntryLength);
        if (U32(entry) != EntryMark) throw Damaged("its directory is garbled");
        (int nameLength, int extraLength, int commentLength) = (U16(entry[28..]), U16(entry[30..]), U16(entry[32..]));
        ReadOnlySpan<byte> tail = file.Slice(at + EntryLength, nameLength + extraLength + commentLength);
        string name = Encoding.UTF8.GetString(tail[..nameLength]);
        (long packed, long length, long local) = (U32(entry[20..]), U32(entry[24..]), U32(entry[42..]));
        ReadOnlySpan<byte> wide = Extra(tail.Slice(nameLength, extraLength));
        Widen(ref length, ref wide);
        Widen(ref packed, ref wide);
        Widen(ref local, ref wide);
        bool stored = (U16(entry[8..]) & 1) == 0 && U16(entry[10..]) == 0 && packed == length;
        if (length < 0 || packed < 0 || local < 0 || (stored && length > file.Length)) throw Damaged($"'{name}' has an impossible size or place");
        at += EntryLength + tail.Length;
        return new Listed(name, stored, local, length);
    }

    private static Entry Locate(MappedFile file, Listed listed)
    {
        ReadOnlySpan<byte> local = file.Slice(listed.Local, LocalLength);
        int nameLength = U16(local[26..]);
        if (U32(local) != LocalMark || !Encoding.UTF8.GetBytes(listed.Name).AsSpan().SequenceEqual(file.Slice(listed.Local + LocalLength, nameLength)))
        {
            throw Damaged($"'{listed.Name}' is not where its directory says");
        }

        return new Entry(listed.Local + LocalLength + nameLength + U16(local[28..]), listed.Length);
    }

    /// <summary>The field of sizes that need more than 32 bits; empty where there is none.</summary>
    private static ReadOnlySpan<byte> Extra(ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            int length = U16(extra[2..]);
            if (length > extra.Length - 4) break;
            if (U16(extra) == WideExtra) return extra.Slice(4, length);
            extra = extra[(4 + length)..];
        }

        return [];
    }

    private static void Widen(ref long value, ref ReadOnlySpan<byte> wide)
    {
        if (value != InWideExtra || wide.Length < sizeof(long)) return;
        value = I64(wide);
        wide = wide[sizeof(long)..];
    }

    private static ushort U16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint U32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static long I64(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt64LittleEndian(bytes);

    private static MalformedFileException Damaged(string problem) => new($"it is a damaged zip file: {problem}");
}
