using static TorchSharp.torch;

namespace Dlm.Runtime.Training;

/// <summary>How wrong an output is: a tensor without dimensions, smaller is better, averaged over the batch.</summary>
/// <param name="output">What the network said.</param>
/// <param name="target">What it should have said.</param>
public delegate Tensor Loss(Tensor output, Tensor target);

/// <summary>The usual losses.</summary>
public static class Losses
{
    /// <summary>For one class out of several. Outputs [B, classes, ...] before any softmax, targets int64 [B, ...], or shares of the classes, float [B, classes, ...].</summary>
    public static Tensor CrossEntropy(Tensor output, Tensor target) => nn.functional.cross_entropy(output, target);

    /// <summary>For yes or no. Outputs before any sigmoid, targets of the same shape from 0 to 1.</summary>
    public static Tensor BinaryCrossEntropy(Tensor output, Tensor target) => nn.functional.binary_cross_entropy_with_logits(output, target);

    /// <summary>For numbers: the mean square of the difference. Outputs and targets of the same shape.</summary>
    public static Tensor MeanSquaredError(Tensor output, Tensor target) => nn.functional.mse_loss(output, target);
}
