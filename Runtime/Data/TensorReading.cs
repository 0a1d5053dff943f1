using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Dlm.Runtime.Data;

/// <summary>Brings tensors' values into arrays.</summary>
internal static class TensorReading
{
    /// <summary>The elements in row-major order. The accessor behind <c>data</c> holds a tensor of its own, which is freed here at once.</summary>
    public static T[] ToArray<T>(this Tensor tensor)
        where T : unmanaged
    {
        using TensorAccessor<T> accessor = tensor.data<T>();
        return accessor.ToArray();
    }
}
