using Dlm.Runtime.Files;

namespace Dlm.Runtime.Weights.PyTorch;

/// <summary>What <c>torch.save</c> writes since version 1.6: a zip file with a pickle, <c>data.pkl</c>, and an entry for each storage.</summary>
internal static class PyTorchZip
{
    private const string PickleName = "/data.pkl";

    /// <summary>Reads the directory and the pickle of a file, which then belongs to what is returned.</summary>
    /// <exception cref="MalformedFileException">The file is damaged, or holds what is no weights.</exception>
    public static PyTorchSource Open(MappedFile file, string? part)
    {
        Dictionary<string, ZipDirectory.Entry> entries = ZipDirectory.Read(file);
        string[] pickles = [.. entries.Keys.Where(name => name.EndsWith(PickleName, StringComparison.Ordinal))];
        if (pickles is not [string pickleName]) throw new MalformedFileException($"it is a zip file that PyTorch did not write: it has {pickles.Length} entries data.pkl");
        string folder = pickleName[..^(PickleName.Length - 1)];
        if (entries.ContainsKey($"{folder}constants.pkl"))
        {
            throw new MalformedFileException("it is a TorchScript program, which is code", "Write its weights alone in Python: torch.save(torch.jit.load(path).state_dict(), 'weights.pt').");
        }

        ZipDirectory.Entry pickle = entries[pickleName];
        Dictionary<string, PickledStorage> storages = new(StringComparer.Ordinal);
        object? root = Unpickler.Read(new PickleReader(file, pickle.Position, pickle.Position + pickle.Length), storages);
        foreach (PickledStorage storage in storages.Values)
        {
            if (!entries.TryGetValue($"{folder}data/{storage.Key}", out ZipDirectory.Entry entry)) throw new MalformedFileException($"it is damaged: the storage '{storage.Key}' is missing");
            if (storage.Bytes > entry.Length) throw new MalformedFileException($"it is damaged: the storage '{storage.Key}' has {entry.Length} bytes, where {storage.Bytes} are expected");
            storage.Position = entry.Position;
        }

        bool bigEndian = entries.TryGetValue($"{folder}byteorder", out ZipDirectory.Entry order) && file.Slice(order.Position, order.Length).SequenceEqual("big"u8);
        return new PyTorchSource(file, "PyTorch", root, part, bigEndian);
    }
}
