using System.Globalization;
using static TorchSharp.torch;

namespace Dlm.Testing;

/// <summary>How far tensors are apart.</summary>
internal static class Differences
{
    // What sums of float32 in another order may differ by.
    private const double Rounding = 1e-4;

    /// <summary>Whether every bit is the same, and what is no number stands at the same places.</summary>
    public static bool AreSame(Tensor a, Tensor b)
    {
        using var scope = NewDisposeScope();
        if (!a.shape.SequenceEqual(b.shape) || a.dtype != b.dtype) return false;
        var same = a == b;
        return (a.is_floating_point() ? same | (a.isnan() & b.isnan()) : same).all().item<bool>();
    }

    /// <summary>The largest difference, in words, where it is more than rounding; null where the two agree.</summary>
    public static string? Between(Tensor a, Tensor b)
    {
        using var scope = NewDisposeScope();
        if (a.numel() == 0) return null;
        var (x, y) = (a.to(float64), b.to(float64));
        // Infinite scores are a way to hide.
        var difference = where(x == y, zeros_like(x), (x - y).abs());
        if (difference.isnan().any().item<bool>()) return "to values that are no numbers";
        var most = difference.max().item<double>();
        var size = where(x.isfinite(), x.abs(), zeros_like(x)).max().item<double>();
        return most <= Rounding * Math.Max(size, 1e-3) ? null : $"by {most.ToString("G3", CultureInfo.InvariantCulture)}";
    }
}
