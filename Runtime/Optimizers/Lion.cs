using Dlm.Runtime.Optimizers.Flat;
using Dlm.Runtime.Optimizers.Fused;
using static TorchSharp.torch;

namespace Dlm.Runtime.Optimizers;

/// <summary>Lion (Chen et al., 2023, "Symbolic discovery of optimization algorithms", algorithm 2): steps of one length, in the direction of a sign.</summary>
public sealed class Lion : Optimizer
{
    private static readonly string[] Mean = ["exp_avg"];
    private readonly double _beta1, _beta2;

    /// <summary>Over all parameters of <paramref name="network"/>.</summary>
    /// <inheritdoc cref="Lion(IEnumerable{ParameterGroup}, double, double, double, double)"/>
    public Lion(nn.Module network, double rate = 1e-4, double beta1 = 0.9, double beta2 = 0.99, double weightDecay = 0)
        : this([new ParameterGroup(network)], rate, beta1, beta2, weightDecay)
    {
    }

    /// <summary>Over groups of parameters.</summary>
    /// <param name="groups">The parameters, each group with settings of its own where it has them.</param>
    /// <param name="rate">The learning rate: three to ten times smaller than Adam's.</param>
    /// <param name="beta1">The share of the mean in the sign.</param>
    /// <param name="beta2">How slowly the mean of the gradients changes.</param>
    /// <param name="weightDecay">The share of a parameter that each step takes away, times the learning rate: three to ten times larger than AdamW's.</param>
    public Lion(IEnumerable<ParameterGroup> groups, double rate = 1e-4, double beta1 = 0.9, double beta2 = 0.99, double weightDecay = 0)
        : base(groups, Mean, rate, weightDecay)
    {
        (_beta1, _beta2) = (Checked.Share(beta1), Checked.Share(beta2));
    }

    /// <inheritdoc/>
    protected override void Update(FlatSlice slice, StepInfo step)
    {
        Tensor mean = slice.State[0];
        Tensor direction = (mean * _beta1).add_(slice.Gradients, alpha: 1 - _beta1).sign_();
        slice.Values.mul_(1 - step.Rate * step.Decay).add_(direction, alpha: -step.Rate);
        mean.mul_(_beta2).add_(slice.Gradients, alpha: 1 - _beta2);
    }

    private protected override FusedRule? Fused(StepInfo step) =>
        new FusedRule(FusedMethod.Lion, step.Rate, 1 - step.Rate * step.Decay, _beta1, _beta2, 1 - _beta1, 1 - _beta2);
}
