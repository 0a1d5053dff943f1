using Dlm.Runtime.Weights.Formats;
using static TorchSharp.torch;

namespace Dlm.Runtime.Weights;

/// <summary>What a file says of one of its tensors.</summary>
/// <param name="Key">Its key: <c>layer1.0.conv1.weight</c>.</param>
/// <param name="Type">The type of its elements, as it is in the file.</param>
/// <param name="Shape">Its dimensions; none for a single number.</param>
public sealed record WeightEntry(string Key, ScalarType Type, IReadOnlyList<long> Shape)
{
    /// <summary>Key, type and shape: <c>fc.weight Float32 [10, 64]</c>.</summary>
    public override string ToString() => $"{Key} {Type} {TensorForm.Text([.. Shape])}";
}
