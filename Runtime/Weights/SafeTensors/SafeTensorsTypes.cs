using static TorchSharp.torch;

namespace Dlm.Runtime.Weights.SafeTensors;

/// <summary>The element types that safetensors and libtorch share.</summary>
internal static class SafeTensorsTypes
{
    private static readonly (string Name, ScalarType Type, int Size)[] Types =
    [
        ("F64", ScalarType.Float64, 8), ("F32", ScalarType.Float32, 4), ("F16", ScalarType.Float16, 2), ("BF16", ScalarType.BFloat16, 2),
        ("I64", ScalarType.Int64, 8), ("I32", ScalarType.Int32, 4), ("I16", ScalarType.Int16, 2), ("I8", ScalarType.Int8, 1),
        ("U8", ScalarType.Byte, 1), ("BOOL", ScalarType.Bool, 1),
    ];

    /// <summary>The format's name for a type.</summary>
    /// <exception cref="NotSupportedException">The format has none, as for complex numbers.</exception>
    public static string Name(ScalarType type) =>
        Array.Find(Types, row => row.Type == type).Name ?? throw new NotSupportedException($"safetensors has no elements of type {type}.");

    /// <summary>The type of a name, or null where libtorch has none.</summary>
    public static ScalarType? Parse(string name) => Array.Find(Types, row => row.Name == name) is { Name: not null } row ? row.Type : null;

    /// <summary>Bytes an element takes.</summary>
    public static int Size(ScalarType type) => Array.Find(Types, row => row.Type == type).Size;
}
