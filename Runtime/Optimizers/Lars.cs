using Dlm.Runtime.Optimizers.Flat;
using Dlm.Runtime.Optimizers.Fused;
using static TorchSharp.torch;

namespace Dlm.Runtime.Optimizers;

/// <summary>LARS (You, Gitman and Ginsburg, 2017, "Large batch training of convolutional networks", algorithm 1).</summary>
/// <remarks>Each parameter's step is in proportion to the parameter itself. A parameter of zeros, as a fresh bias is, steps by the plain rate.</remarks>
public sealed class Lars : Optimizer
{
    private static readonly string[] Momentum = ["momentum_buffer"];
    private readonly double _momentum, _trust, _epsilon;

    /// <summary>Over all parameters of <paramref name="network"/>.</summary>
    /// <inheritdoc cref="Lars(IEnumerable{ParameterGroup}, double, double, double, double, double)"/>
    public Lars(nn.Module network, double rate, double momentum = 0.9, double weightDecay = 0, double trust = 1e-3, double epsilon = 1e-8)
        : this([new ParameterGroup(network)], rate, momentum, weightDecay, trust, epsilon)
    {
    }

    /// <summary>Over groups of parameters.</summary>
    /// <param name="groups">The parameters, each group with settings of its own where it has them.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="momentum">The share of the last step that is made again.</param>
    /// <param name="weightDecay">This times the parameter is added to its gradient.</param>
    /// <param name="trust">How long a parameter's step is, as a share of the parameter itself.</param>
    /// <param name="epsilon">Added to the length of the gradient.</param>
    public Lars(IEnumerable<ParameterGroup> groups, double rate, double momentum = 0.9, double weightDecay = 0, double trust = 1e-3, double epsilon = 1e-8)
        : base(groups, Momentum, rate, weightDecay)
    {
        (_momentum, _trust, _epsilon) = (Checked.NotNegative(momentum), Checked.NotNegative(trust), Checked.NotNegative(epsilon));
    }

    private protected override bool ByParameter => true;

    /// <inheritdoc/>
    protected override void Update(FlatSlice slice, StepInfo step)
    {
        Tensor size = slice.Values.norm(), slope = slice.Gradients.norm();
        Tensor trust = where((size > 0).logical_and(slope > 0), _trust * size / (slope + step.Decay * size + _epsilon), ones_like(size));
        Tensor gradient = slice.Gradients.add(slice.Values, alpha: step.Decay);
        slice.Values.sub_(slice.State[0].mul_(_momentum).add_(gradient.mul_(trust * step.Rate)));
    }

    private protected override FusedRule? Fused(StepInfo step) => new FusedRule(FusedMethod.Lars, step.Rate, step.Decay, _momentum, _trust, _epsilon);
}
