using System.Text;
using static TorchSharp.torch;

namespace Dlm.Models.Tests;

/// <summary>Values that any language can compute bit for bit: Tests/Oracle/fill.py in C#, where the rules are written down.</summary>
internal static class Fill
{
    /// <summary>A hash of <paramref name="key"/> and each index below <paramref name="count"/>, in [-0.5, 0.5).</summary>
    public static double[] U(string key, long count) => Map(key, count, u => u);

    /// <summary>offset + scale * u(key), as float32.</summary>
    public static Tensor Floats(string key, long[] shape, double scale = 1, double offset = 0) =>
        tensor(Map(key, Count(shape), u => (float)(offset + scale * u)), shape);

    /// <summary>floor((u(key) + 0.5) * below), as int64.</summary>
    public static Tensor Integers(string key, long[] shape, long below) =>
        tensor(Map(key, Count(shape), u => (long)Math.Floor((u + 0.5) * below)), shape);

    /// <summary>True where something is: the first 1 + integers(key) places of each row, in the first 1 + integers(key + ".rows") rows.</summary>
    public static Tensor Present(string key, long[] shape)
    {
        var mask = arange(shape[^1]) < 1 + Integers(key, shape[..^1], shape[^1]).unsqueeze(-1);
        return shape.Length > 2 ? mask & Present(key + ".rows", shape[..^1]).unsqueeze(-1) : mask;
    }

    /// <summary>The value of an entry of the state: its name and rank decide its scale.</summary>
    public static Tensor Parameter(string key, long[] shape) => key[(key.LastIndexOf('.') + 1)..] switch
    {
        "num_batches_tracked" => zeros(shape, ScalarType.Int64),
        "running_var" => Floats(key, shape, 0.5, 1),
        "running_mean" => Floats(key, shape, 0.2),
        var name when shape.Length < 2 => Floats(key, shape, 0.2, name == "weight" ? 1 : 0),
        _ => Floats(key, shape, Math.Sqrt(24.0 / Count(shape[1..]))),
    };

    /// <summary>Gives every parameter and buffer of <paramref name="module"/> the value that its key names.</summary>
    public static void Apply(nn.Module module)
    {
        using var unrecorded = no_grad();
        foreach (var (key, value) in module.state_dict())
        {
            using var filled = Parameter(key, value.shape);
            value.copy_(filled);
        }
    }

    private static T[] Map<T>(string key, long count, Func<double, T> valueOf)
    {
        var (seed, values) = (Crc32(key), new T[count]);
        for (long i = 0; i < count; i++)
        {
            var x = unchecked(seed + (uint)i);
            x = (x ^ (x >> 16)) * 0x85EBCA6B;
            x = (x ^ (x >> 13)) * 0xC2B2AE35;
            x ^= x >> 16;
            values[i] = valueOf(x / 4294967296.0 - 0.5);
        }
        return values;
    }

    private static uint Crc32(string text)
    {
        var crc = uint.MaxValue;
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            crc ^= octet;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
        }
        return ~crc;
    }

    private static long Count(long[] shape) => shape.Aggregate(1L, (product, size) => product * size);
}
