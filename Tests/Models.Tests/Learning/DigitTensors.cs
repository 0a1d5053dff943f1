using Dlm.Runtime.Data.Drawn;
using static TorchSharp.torch;

namespace Dlm.Models.Tests.Learning;

/// <summary>Digits that the program draws, as tensors.</summary>
internal static class DigitTensors
{
    /// <summary>Digits [count, 1, 28, 28] of values from 0 to 1; the ten follow one another.</summary>
    public static Tensor Draw(int count, ulong seed) =>
        DrawnDigits.Draw(count, seed).WithoutNormalizing().Read([.. Enumerable.Range(0, count).Select(i => (long)i)]).Input;

    /// <summary>Some of the rows, others each time.</summary>
    public static Tensor Some(this Tensor rows, int count) => rows.index_select(0, randint(0, rows.shape[0], count));
}
