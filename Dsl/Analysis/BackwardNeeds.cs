using Dlm.Dsl.Operators;

namespace Dlm.Dsl.Analysis;

/// <summary>What libtorch keeps of an operator's call until its backward pass (PyTorch's derivatives.yaml).</summary>
/// <param name="Inputs">Whether it keeps what flows in.</param>
/// <param name="Output">Whether it keeps what flows out.</param>
/// <param name="BytesPerElement">What it keeps beside them for each element of the output: the places of maxima, a mask.</param>
internal readonly record struct BackwardNeeds(bool Inputs, bool Output, int BytesPerElement)
{
    private const int IndexBytes = 8;
    private const int MaskBytes = 1;

    private static readonly HashSet<string> Sums = new(["sum", "difference", "mean", "concat", "stack"], StringComparer.Ordinal);

    public static BackwardNeeds Of(Operator row)
    {
        if (row.IsView || row.Group == OperatorGroup.Shape || Sums.Contains(row.Name)) return default;
        if (row.Group == OperatorGroup.Dropout) return new(false, false, MaskBytes);
        if (row.Group == OperatorGroup.Pooling) return new(true, false, row.Name.Contains("max") ? IndexBytes : 0);
        if (row.InPlaceMethod is not null || row.SavesOutput) return new(false, true, 0);
        return new(true, false, 0);
    }
}
