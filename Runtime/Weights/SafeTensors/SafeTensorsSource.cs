using Dlm.Runtime.Files;
using Dlm.Runtime.Weights.Formats;
using static TorchSharp.torch;

namespace Dlm.Runtime.Weights.SafeTensors;

/// <summary>A safetensors file: a header in JSON, then the tensors' bytes.</summary>
internal sealed class SafeTensorsSource : WeightSource
{
    private readonly MappedFile _file;
    private readonly SafeTensorsEntry[] _entries;
    private readonly long _dataStart;

    private SafeTensorsSource(MappedFile file, SafeTensorsHeader header, long dataStart)
    {
        (_file, _dataStart) = (file, dataStart);

        // A checkpoint of a run holds the optimizer's state and more beside the weights, under paths.
        bool checkpoint = header.Texts.ContainsKey(SafeTensorsHeader.CheckpointMark);
        _entries = [.. header.Entries.Where(entry => !checkpoint || !entry.Name.Contains('/'))];
        Entries = [.. _entries.Select(entry => new WeightEntry(entry.Name, entry.Type, entry.Shape))];
    }

    /// <inheritdoc/>
    public override string Format => "safetensors";

    /// <inheritdoc/>
    public override IReadOnlyList<WeightEntry> Entries { get; }

    /// <summary>Reads the header of a file, which then belongs to what is returned.</summary>
    public static SafeTensorsSource Open(MappedFile file, string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        SafeTensorsHeader header = SafeTensorsHeader.Read(stream, out byte[] raw);
        return new SafeTensorsSource(file, header, raw.Length);
    }

    /// <summary>Whether a file begins as this format's do: eight bytes of length, then an opening brace.</summary>
    public static bool Begins(ReadOnlySpan<byte> start) => start.Length > 8 && start[8] == (byte)'{';

    /// <inheritdoc/>
    public override Tensor Read(int index)
    {
        SafeTensorsEntry entry = _entries[index];
        using Tensor elements = ReadElements(_file, _dataStart + entry.Begin, (long)TensorForm.Count(entry.Shape), entry.Type);
        return elements.reshape(entry.Shape);
    }

    /// <inheritdoc/>
    public override void Dispose() => _file.Dispose();
}
