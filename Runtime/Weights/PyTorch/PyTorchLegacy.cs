using System.Buffers.Binary;
using Dlm.Runtime.Files;

namespace Dlm.Runtime.Weights.PyTorch;

/// <summary>What <c>torch.save</c> wrote before version 1.6: five pickles, then the storages one after another, lowest byte first.</summary>
internal static class PyTorchLegacy
{
    private const long Protocol = 1001;

    // A pickle of protocol 2 that holds PyTorch's magic number, 0x1950a86a20f9469cfc6c.
    private static ReadOnlySpan<byte> Magic => [0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.'];

    /// <summary>Whether a file begins as this format's do.</summary>
    public static bool Begins(ReadOnlySpan<byte> start) => start is [0x80, _, ..] && start[2..].StartsWith(Magic);

    /// <summary>Reads the pickles of a file, which then belongs to what is returned.</summary>
    /// <exception cref="MalformedFileException">The file is damaged, or holds what is no weights.</exception>
    public static PyTorchSource Open(MappedFile file, string? part)
    {
        Dictionary<string, PickledStorage> storages = new(StringComparer.Ordinal);
        PickleReader reader = new(file, 2 + Magic.Length, file.Length);
        if (Next() is not Protocol) throw new MalformedFileException("its version of PyTorch's older format is unknown");
        _ = Next(); // the sizes and byte order of the writer's numbers, which do not matter: storages are written lowest byte first
        object? root = Next();
        if (Next() is not List<object?> keys) throw new MalformedFileException("it is damaged: the list of its storages is missing");

        long at = reader.Position;
        foreach (object? key in keys)
        {
            if (key is not string name || !storages.TryGetValue(name, out PickledStorage? storage)) throw new MalformedFileException("it is damaged: it holds a storage that no tensor looks at");
            long count = BinaryPrimitives.ReadInt64LittleEndian(file.Slice(at, sizeof(long)));
            if (count != storage.Count || storage.Position >= 0) throw new MalformedFileException($"it is damaged: the storage '{name}' holds {count} elements, where {storage.Count} are expected once");
            storage.Position = at + sizeof(long);
            if (storage.Bytes > file.Length - storage.Position) throw new MalformedFileException($"it is truncated: the storage '{name}' ends behind the end of the file");
            at = storage.Position + (long)storage.Bytes;
        }

        if (storages.Values.FirstOrDefault(storage => storage.Position < 0) is { } missing) throw new MalformedFileException($"it is damaged: the storage '{missing.Key}' is missing");
        return new PyTorchSource(file, "PyTorch, before version 1.6", root, part);

        object? Next() => Unpickler.Read(reader, storages);
    }
}
