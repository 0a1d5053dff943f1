using Dlm.Runtime.Optimizers.Flat;

namespace Dlm.Runtime.Optimizers;

/// <summary>What is the same for all numbers of one step.</summary>
/// <param name="Group">The settings of the parameters' group.</param>
/// <param name="Rate">The learning rate.</param>
/// <param name="Number">How often these parameters have been stepped, with this one: the first is 1.</param>
public readonly record struct StepInfo(FlatGroup Group, double Rate, long Number)
{
    /// <summary>The weight decay of the group.</summary>
    public double Decay => Group.WeightDecay;
}
