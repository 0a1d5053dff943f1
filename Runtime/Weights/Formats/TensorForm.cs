using System.Globalization;
using static TorchSharp.torch;

namespace Dlm.Runtime.Weights.Formats;

/// <summary>Shapes as files state them, which may be anything, and tensors over the bytes that are there.</summary>
internal static class TensorForm
{
    /// <summary>How many dimensions libtorch's tensors can have.</summary>
    public const int MostDimensions = 64;

    private const int Block = 1 << 20;

    /// <summary>Does something to a stretch of a tensor's memory.</summary>
    public delegate void BlockAction(Span<byte> block);

    /// <summary>A shape as it is written in messages: <c>[64, 3, 7, 7]</c>.</summary>
    public static string Text(ReadOnlySpan<long> shape) => $"[{string.Join(", ", shape.ToArray().Select(size => size.ToString(CultureInfo.InvariantCulture)))}]";

    /// <summary>How many elements a shape has; -1 where it is none, or none that libtorch could count.</summary>
    public static Int128 Count(ReadOnlySpan<long> shape)
    {
        if (shape.Length > MostDimensions) return -1;
        Int128 count = 1, nonzero = 1;
        foreach (long size in shape)
        {
            if (size < 0) return -1;
            count *= size;
            nonzero *= Math.Max(1, size);
            if (nonzero > long.MaxValue / 16) return -1;
        }

        return count;
    }

    /// <summary>The strides of a tensor that lies in memory row by row.</summary>
    public static long[] DenseStrides(ReadOnlySpan<long> shape)
    {
        long[] strides = new long[shape.Length];
        long stride = 1;
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= Math.Max(1, shape[i]);
        }

        return strides;
    }

    /// <summary>Shows a tensor's memory, row by row, in blocks. On a CPU and dense it is the tensor's own, to be read or written.</summary>
    /// <remarks>In blocks, because a tensor may be larger than a span can be.</remarks>
    public static void ForEachBlock(Tensor tensor, BlockAction action)
    {
        if (tensor.numel() == 0) return;
        using Tensor near = tensor.cpu();
        using Tensor dense = near.contiguous();
        using Tensor flat = dense.view(-1);
        long length = Math.Max(1, Block / flat.element_size());
        for (long start = 0; start < flat.numel(); start += length)
        {
            using Tensor stretch = flat.narrow(0, start, Math.Min(length, flat.numel() - start));
            action(stretch.bytes);
        }
    }
}
