using static TorchSharp.torch;

namespace Dlm.Runtime.Weights.PyTorch;

/// <summary>PyTorch's names for memory that holds elements of one type.</summary>
internal static class StorageTypes
{
    private static readonly (string Name, ScalarType Type, int Size)[] Types =
    [
        ("FloatStorage", ScalarType.Float32, 4), ("DoubleStorage", ScalarType.Float64, 8), ("HalfStorage", ScalarType.Float16, 2),
        ("BFloat16Storage", ScalarType.BFloat16, 2), ("LongStorage", ScalarType.Int64, 8), ("IntStorage", ScalarType.Int32, 4),
        ("ShortStorage", ScalarType.Int16, 2), ("CharStorage", ScalarType.Int8, 1), ("ByteStorage", ScalarType.Byte, 1), ("BoolStorage", ScalarType.Bool, 1),
        ("ComplexFloatStorage", ScalarType.ComplexFloat32, 8), ("ComplexDoubleStorage", ScalarType.ComplexFloat64, 16),
    ];

    /// <summary>The type of a class's elements, whichever device the class is of; null where it is no class of storages.</summary>
    public static ScalarType? Parse(string global)
    {
        int dot = global.LastIndexOf('.');
        return global[..Math.Max(0, dot)] is "torch" or "torch.cuda" && Array.Find(Types, row => global.AsSpan(dot + 1).SequenceEqual(row.Name)) is { Name: not null } row
            ? row.Type
            : null;
    }

    /// <summary>The class for elements of a type.</summary>
    /// <exception cref="NotSupportedException">There is none, as for quantised numbers.</exception>
    public static string Name(ScalarType type) =>
        Array.Find(Types, row => row.Type == type).Name ?? throw new NotSupportedException($"Weights of the type {type} cannot be written for PyTorch.");

    /// <summary>Bytes an element takes.</summary>
    public static int Size(ScalarType type) => Array.Find(Types, row => row.Type == type).Size;
}
