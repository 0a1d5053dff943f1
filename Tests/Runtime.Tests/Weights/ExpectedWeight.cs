using System.Runtime.InteropServices;
using System.Text.Json;
using Dlm.Runtime.Weights;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Weights;

/// <summary>A tensor as weights.py describes it.</summary>
internal sealed record ExpectedWeight(string Type, long[] Shape, double[] Values)
{
    /// <summary>The files that PyTorch wrote, beside the tests.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Weights", "reference");

    public static OrderedDictionary<string, ExpectedWeight> Parse(string json) => JsonSerializer.Deserialize<OrderedDictionary<string, ExpectedWeight>>(json, JsonSerializerOptions.Web)!;

    /// <summary>What each file in a folder holds.</summary>
    public static Dictionary<string, OrderedDictionary<string, ExpectedWeight>> ReadFolder(string folder) =>
        JsonSerializer.Deserialize<Dictionary<string, OrderedDictionary<string, ExpectedWeight>>>(File.ReadAllText(Path.Combine(folder, "expected.json")), JsonSerializerOptions.Web)!;

    /// <summary>Fails where a file's keys, types, shapes or values are others.</summary>
    public static void AssertHolds(OrderedDictionary<string, ExpectedWeight> expected, WeightFile file)
    {
        Assert.Equal(expected.Keys, file.Entries.Select(entry => entry.Key));
        foreach ((string key, ExpectedWeight weight) in expected)
        {
            using Tensor tensor = file.Read(key);
            Assert.Equal((weight.Type, file[key].Type), (NameOf(tensor.dtype), tensor.dtype));
            Assert.Equal(weight.Shape, tensor.shape);
            Assert.Equal(weight.Shape, file[key].Shape);
            Assert.Equal(weight.Values, ValuesOf(tensor));
        }
    }

    /// <summary>Python's name for a type.</summary>
    private static string NameOf(ScalarType type) => type switch
    {
        ScalarType.Byte => "uint8",
        ScalarType.ComplexFloat32 => "complex64",
        ScalarType.ComplexFloat64 => "complex128",
        _ => type.ToString().ToLowerInvariant(),
    };

    public static double[] ValuesOf(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.dtype == ScalarType.ComplexFloat32
            ? [.. MemoryMarshal.Cast<byte, float>(tensor.contiguous().bytes).ToArray().Select(value => (double)value)]
            : [.. tensor.detach().to(ScalarType.Float64).contiguous().data<double>()];
    }
}
