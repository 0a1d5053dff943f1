using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Dlm.Runtime.Files;

namespace Dlm.Runtime.Data.Text;

/// <summary>Reads text, UTF-8, gzip or not, told apart by content.</summary>
public static class TextFile
{
    private const int GzipHeader = 10, GzipTrailer = 8;

    /// <summary>The lines, without what ends them.</summary>
    /// <exception cref="DataFileException">The file is missing, or its compression is damaged.</exception>
    public static string[] ReadLines(string path)
    {
        using StreamReader reader = new(ReadBytes(path), Encoding.UTF8);
        List<string> lines = [];
        while (reader.ReadLine() is { } line) lines.Add(line);
        return [.. lines];
    }

    /// <summary>All of it, with lines ended by <c>\n</c> alone.</summary>
    /// <exception cref="DataFileException">The file is missing, or its compression is damaged.</exception>
    public static string ReadAll(string path)
    {
        using StreamReader reader = new(ReadBytes(path), Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    /// <summary>What the file holds, unpacked.</summary>
    internal static MemoryStream ReadBytes(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            byte[] file = File.ReadAllBytes(path);
            return file is [0x1f, 0x8b, ..] ? new MemoryStream(Unpack(path, file)) : new MemoryStream(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException(path, $"it cannot be read ({e.Message.TrimEnd('.')})", "Check the path and its permissions.", e);
        }
    }

    private static byte[] Unpack(string path, byte[] file)
    {
        try
        {
            using GZipStream content = new(new MemoryStream(file), CompressionMode.Decompress);
            using MemoryStream unpacked = new();
            content.CopyTo(unpacked);
            byte[] bytes = unpacked.ToArray();
            return IsWhole(file, bytes) ? bytes : throw new InvalidDataException("it ends too early");
        }
        catch (InvalidDataException e)
        {
            throw new DataFileException(path, "its gzip compression is damaged, or it is cut off", "Download it again.", e);
        }
    }

    // .NET takes a file that is cut off for a shorter one. Its last part must end with that part's own checksum and length.
    private static bool IsWhole(byte[] file, byte[] unpacked)
    {
        if (file.Length < GzipHeader + GzipTrailer) return false;
        uint checksum = BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(file.Length - 8)), length = BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(file.Length - 4));
        if (length > unpacked.Length) return false;
        Crc32 found = new();
        found.Add(unpacked.AsSpan(unpacked.Length - (int)length));
        return found.Value == checksum;
    }
}
