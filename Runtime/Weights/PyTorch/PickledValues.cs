using Dlm.Runtime.Files;
using Dlm.Runtime.Weights.Formats;
using static TorchSharp.torch;

namespace Dlm.Runtime.Weights.PyTorch;

/// <summary>A dict, in the order in which it was written.</summary>
internal sealed class PickledDict
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>What it holds.</summary>
    public List<KeyValuePair<object?, object?>> Items { get; } = [];

    /// <summary>Adds an item.</summary>
    /// <exception cref="MalformedFileException">There is one under this key: no writer does that.</exception>
    public void Add(object? key, object? value)
    {
        if (key is string name && !_names.Add(name)) throw new MalformedFileException($"it holds '{name}' twice");
        Items.Add(KeyValuePair.Create(key, value));
    }
}

/// <summary>A tuple.</summary>
/// <param name="Items">What it holds.</param>
internal sealed record PickledTuple(object?[] Items);

/// <summary>Memory that tensors look at; it lies elsewhere in the file.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Count">How many elements it holds.</param>
internal sealed record PickledStorage(string Key, ScalarType Type, long Count)
{
    /// <summary>The storage that this one is a part of, and its first element there.</summary>
    public (PickledStorage Storage, long Start)? Whole { get; init; }

    /// <summary>Where its first byte lies in the file; known when the file's parts have been found.</summary>
    public long Position
    {
        get => Whole is { } whole ? whole.Storage.Position + whole.Start * StorageTypes.Size(Type) : field;
        set;
    } = -1;

    /// <summary>How many bytes it takes.</summary>
    public Int128 Bytes => (Int128)Count * StorageTypes.Size(Type);
}

/// <summary>A tensor: a view of a storage.</summary>
/// <param name="Storage">The memory.</param>
/// <param name="Offset">The first element.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Strides">How many elements apart neighbours are, for each dimension.</param>
internal sealed record PickledTensor(PickledStorage Storage, long Offset, long[] Shape, long[] Strides)
{
    /// <summary>How many elements of the storage lie between the first and the last, both counted: never more than the storage has.</summary>
    public long Extent { get; } = ExtentOf(Storage, Offset, Shape, Strides);

    private static long ExtentOf(PickledStorage storage, long offset, long[] shape, long[] strides)
    {
        Int128 count = TensorForm.Count(shape);
        bool sane = count >= 0 && shape.Length == strides.Length && offset >= 0 && storage.Count >= 0 && Array.TrueForAll(strides, stride => stride >= 0);
        if (sane && count == 0) return 0;
        Int128 last = offset;
        for (int i = 0; sane && i < shape.Length; i++)
        {
            last += (Int128)(shape[i] - 1) * strides[i];
            sane = last < storage.Count;
        }

        if (!sane || last >= storage.Count)
        {
            throw new MalformedFileException(
                $"it is damaged: a tensor {TensorForm.Text(shape)} with the strides {TensorForm.Text(strides)}, from element {offset} on, is not within its {storage.Count} elements");
        }

        return (long)(last - offset) + 1;
    }
}
