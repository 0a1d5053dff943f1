using Dlm.Runtime.Diagnosis;

namespace Dlm.Runtime.Training;

/// <summary>What accumulation and clipping ask of a training step.</summary>
/// <param name="LossScale">The loss is multiplied by this before its gradient is taken: one over the number of batches that share an update.</param>
/// <param name="Update">Whether the parameters change with this batch; otherwise its gradients are only added up.</param>
/// <param name="ClipNorm">The largest norm the gradients may have, if there is a limit.</param>
public readonly record struct StepPlan(double LossScale, bool Update, double? ClipNorm)
{
    /// <summary>The largest size that each gradient may have by itself, if there is a limit.</summary>
    public double? ClipValue { get; init; }

    /// <summary>What looks at the losses, if anything does.</summary>
    internal LossWatch? Watch { get; init; }

    /// <summary>A step of its own, without a limit.</summary>
    public static StepPlan Whole => new(1, Update: true, ClipNorm: null);

    /// <summary>The same with the norm of the gradients limited; of two limits the lower one counts.</summary>
    public StepPlan Clipping(double norm) => this with { ClipNorm = Math.Min(norm, ClipNorm ?? norm) };

    /// <summary>The same with every gradient limited by itself; of two limits the lower one counts.</summary>
    public StepPlan ClippingValues(double largest) => this with { ClipValue = Math.Min(largest, ClipValue ?? largest) };
}
