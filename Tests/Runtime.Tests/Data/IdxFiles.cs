using System.Buffers.Binary;
using System.IO.Compression;

namespace Dlm.Runtime.Tests.Data;

/// <summary>Makes IDX files, right and wrong.</summary>
internal static class IdxFiles
{
    public static byte[] Bytes(uint[] shape, ReadOnlySpan<byte> values, byte type = 8)
    {
        byte[] bytes = new byte[4 + 4 * shape.Length + values.Length];
        bytes[2] = type;
        bytes[3] = (byte)shape.Length;
        for (int i = 0; i < shape.Length; i++) BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4 + 4 * i), shape[i]);
        values.CopyTo(bytes.AsSpan(4 + 4 * shape.Length));
        return bytes;
    }

    public static byte[] Gzip(byte[] bytes)
    {
        MemoryStream zipped = new();
        using (GZipStream gzip = new(zipped, CompressionLevel.Fastest)) gzip.Write(bytes);
        return zipped.ToArray();
    }

    /// <summary>Writes both halves of a tiny MNIST: <paramref name="count"/> images of 2 x 3, image i filled with i, label i % 10.</summary>
    public static void WriteMnist(string folder, int count, string dash = "-", bool gzip = false)
    {
        foreach (string part in (string[])["train", "t10k"])
        {
            byte[] pixels = [.. Enumerable.Range(0, 6 * count).Select(i => (byte)(i / 6))];
            byte[] labels = [.. Enumerable.Range(0, count).Select(i => (byte)(i % 10))];
            Write($"{part}-images{dash}idx3-ubyte", Bytes([(uint)count, 2, 3], pixels));
            Write($"{part}-labels{dash}idx1-ubyte", Bytes([(uint)count], labels));
        }

        void Write(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(folder, gzip ? name + ".gz" : name), gzip ? Gzip(bytes) : bytes);
    }
}
