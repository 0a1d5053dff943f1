using TorchSharp;
using static TorchSharp.torch;

namespace Dlm.Runtime.Diagnosis;

/// <summary>Which numbers of a tensor are finite.</summary>
internal static class FiniteNumbers
{
    /// <summary>The value of a tensor without dimensions.</summary>
    public static double Read(Tensor value)
    {
        if (value.dtype == ScalarType.Float32) return value.ToSingle();
        using Tensor plain = value.detach();
        using Tensor wide = plain.to(ScalarType.Float64);
        return wide.ToDouble();
    }

    /// <summary>"not a number" or "infinite".</summary>
    public static string NameOf(double value) => double.IsNaN(value) ? "not a number" : "infinite";

    /// <summary>How many elements are infinite or not a number.</summary>
    public static long CountOthers(Tensor tensor)
    {
        if (!tensor.is_floating_point()) return 0;
        using var scope = NewDisposeScope();
        return tensor.numel() - tensor.detach().isfinite().sum().cpu().item<long>();
    }

    /// <summary>The rows, along the first dimension, that have such elements.</summary>
    public static long[] RowsWithOthers(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        Tensor finite = tensor.detach().isfinite().reshape(tensor.shape[0], -1).all(1).to(ScalarType.Int64).cpu();
        return [.. Enumerable.Range(0, (int)tensor.shape[0]).Where(row => finite[row].item<long>() == 0).Select(row => (long)row)];
    }
}
