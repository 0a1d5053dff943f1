using static TorchSharp.torch;

namespace Dlm.Runtime.Tests;

/// <summary>Counts the tensors of the process.</summary>
internal static class LiveTensors
{
    /// <summary>How many are alive, once the garbage that earlier tests left is gone.</summary>
    public static long Count()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Tensor.TotalCount;
    }
}
