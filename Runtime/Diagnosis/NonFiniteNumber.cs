using Dlm.Runtime.Optimizers;
using TorchSharp.Modules;

namespace Dlm.Runtime.Diagnosis;

/// <summary>Leads out of a training step whose loss, or the gradient of whose loss, is infinite or not a number.</summary>
/// <param name="optimizer">What was to minimize the loss.</param>
/// <param name="value">The loss.</param>
/// <param name="parameter">The first parameter whose gradient it is, if the loss itself is finite.</param>
internal sealed class NonFiniteNumber(Optimizer optimizer, double value, Parameter? parameter) : Exception("a number is not finite")
{
    public Optimizer Optimizer { get; } = optimizer;

    public double Value { get; } = value;

    public Parameter? Parameter { get; } = parameter;
}
