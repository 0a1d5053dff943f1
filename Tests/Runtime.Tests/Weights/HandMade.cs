using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Dlm.Runtime.Tests.Weights;

/// <summary>Files put together byte by byte, as no decent writer would.</summary>
internal static class HandMade
{
    public static byte[] EmptyDict => [(byte)'}'];

    public static byte[] SetItem => [(byte)'s'];

    public static byte[] Stop => [(byte)'.'];

    /// <summary>A zip file of these entries, by the framework's own writer.</summary>
    public static void Zip(string path, IEnumerable<(string Name, byte[] Content)> entries, CompressionLevel level = CompressionLevel.NoCompression)
    {
        using FileStream file = File.Create(path);
        using ZipArchive zip = new(file, ZipArchiveMode.Create);
        foreach ((string name, byte[] content) in entries)
        {
            using Stream entry = zip.CreateEntry(name, level).Open();
            entry.Write(content);
        }
    }

    /// <summary>The older form: magic number, version, system, the object, the keys of its storages.</summary>
    public static byte[] Legacy(byte[] pickle, params string[] storages) =>
    [
        0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.',
        0x80, 2, (byte)'M', 0xe9, 3, (byte)'.',
        .. EmptyDict, .. Stop, .. pickle, (byte)']', .. storages.SelectMany(key => (byte[])[.. Text(key), (byte)'a']), .. Stop,
    ];

    /// <summary>Pushes a text.</summary>
    public static byte[] Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        return [(byte)'X', .. Number32(utf8.Length), .. utf8];
    }

    /// <summary>Pushes a whole number.</summary>
    public static byte[] Whole(long value) => [0x8a, 8, .. Number64(value)];

    /// <summary>Pushes a tuple of numbers.</summary>
    public static byte[] Tuple(params long[] numbers) => [(byte)'(', .. numbers.SelectMany(Whole), (byte)'t'];

    /// <summary>Pushes a Python object of a name.</summary>
    public static byte[] Global(string module, string name) => [(byte)'c', .. Encoding.UTF8.GetBytes($"{module}\n{name}\n")];

    /// <summary>Pushes a float32 tensor over a storage.</summary>
    /// <param name="storage">The storage's key.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="strides">The strides; without them, those of a dense tensor of one dimension.</param>
    /// <param name="offset">The first element.</param>
    /// <param name="count">How many elements the storage is said to have.</param>
    public static byte[] Tensor(string storage, long[] shape, long[]? strides = null, long offset = 0, long count = 2) =>
    [
        .. Global("torch._utils", "_rebuild_tensor_v2"), (byte)'(',
        (byte)'(', .. Text("storage"), .. Global("torch", "FloatStorage"), .. Text(storage), .. Text("cpu"), .. Whole(count), (byte)'t', (byte)'Q',
        .. Whole(offset), .. Tuple(shape), .. Tuple(strides ?? [1]), 0x89, .. EmptyDict, (byte)'t', (byte)'R',
    ];

    public static byte[] Number32(int value)
    {
        byte[] bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }

    public static byte[] Number64(long value)
    {
        byte[] bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }
}
