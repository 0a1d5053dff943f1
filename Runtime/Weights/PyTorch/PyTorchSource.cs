using Dlm.Runtime.Files;
using Dlm.Runtime.Weights.Formats;
using static TorchSharp.torch;

namespace Dlm.Runtime.Weights.PyTorch;

/// <summary>A file that <c>torch.save</c> wrote: a pickle that describes tensors, and the memory they look at.</summary>
internal sealed class PyTorchSource : WeightSource
{
    private readonly MappedFile _file;
    private readonly PickledTensor[] _tensors;
    private readonly bool _bigEndian;

    /// <summary>Takes over a file whose storages have been found.</summary>
    /// <param name="file">The file.</param>
    /// <param name="format">The format's name.</param>
    /// <param name="root">What was unpickled.</param>
    /// <param name="part">Which dict in it holds the weights, or null.</param>
    /// <param name="bigEndian">Whether an element's highest byte comes first.</param>
    public PyTorchSource(MappedFile file, string format, object? root, string? part, bool bigEndian = false)
    {
        (_file, Format, _bigEndian) = (file, format, bigEndian);
        IReadOnlyList<KeyValuePair<string, PickledTensor>> tensors = StateDict.Find(root, part);
        _tensors = [.. tensors.Select(tensor => tensor.Value)];
        Entries = [.. tensors.Select(tensor => new WeightEntry(tensor.Key, tensor.Value.Storage.Type, tensor.Value.Shape))];
    }

    /// <inheritdoc/>
    public override string Format { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightEntry> Entries { get; }

    /// <inheritdoc/>
    public override Tensor Read(int index)
    {
        // Only the stretch between the first element and the last: many tensors may share one large storage.
        PickledTensor tensor = _tensors[index];
        long at = tensor.Storage.Position + tensor.Offset * StorageTypes.Size(tensor.Storage.Type);
        Tensor elements = ReadElements(_file, at, tensor.Extent, tensor.Storage.Type, _bigEndian);
        using (elements) return tensor.Extent == 0 ? elements.reshape(tensor.Shape) : elements.as_strided(tensor.Shape, tensor.Strides);
    }

    /// <inheritdoc/>
    public override void Dispose() => _file.Dispose();
}
