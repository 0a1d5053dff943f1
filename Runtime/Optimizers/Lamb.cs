using Dlm.Runtime.Optimizers.Flat;
using Dlm.Runtime.Optimizers.Fused;
using static TorchSharp.torch;

namespace Dlm.Runtime.Optimizers;

/// <summary>LAMB (You et al., 2020, "Large batch optimization for deep learning: training BERT in 76 minutes", algorithm 2).</summary>
/// <remarks>Each parameter's step is as long as the parameter itself, times the rate. Biases and norms are often given a group without decay.</remarks>
public sealed class Lamb : Optimizer
{
    private static readonly string[] Moments = ["exp_avg", "exp_avg_sq"];
    private readonly double _beta1, _beta2, _epsilon;

    /// <summary>Over all parameters of <paramref name="network"/>.</summary>
    /// <inheritdoc cref="Lamb(IEnumerable{ParameterGroup}, double, double, double, double, double)"/>
    public Lamb(nn.Module network, double rate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-6, double weightDecay = 0.01)
        : this([new ParameterGroup(network)], rate, beta1, beta2, epsilon, weightDecay)
    {
    }

    /// <summary>Over groups of parameters.</summary>
    /// <param name="groups">The parameters, each group with settings of its own where it has them.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="beta1">How slowly the mean of the gradients changes.</param>
    /// <param name="beta2">How slowly the mean of their squares changes.</param>
    /// <param name="epsilon">Added to the root of the mean square.</param>
    /// <param name="weightDecay">This times the parameter is added to the step that Adam would make.</param>
    public Lamb(IEnumerable<ParameterGroup> groups, double rate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-6, double weightDecay = 0.01)
        : base(groups, Moments, rate, weightDecay)
    {
        (_beta1, _beta2, _epsilon) = (Checked.Share(beta1), Checked.Share(beta2), Checked.NotNegative(epsilon));
    }

    private protected override bool ByParameter => true;

    /// <inheritdoc/>
    protected override void Update(FlatSlice slice, StepInfo step)
    {
        Tensor mean = slice.State[0].mul_(_beta1).add_(slice.Gradients, alpha: 1 - _beta1);
        Tensor square = slice.State[1].mul_(_beta2).addcmul_(slice.Gradients, slice.Gradients, 1 - _beta2);
        (double meanBias, double squareBias) = Biases(step);
        Tensor update = (mean / meanBias).div_((square / squareBias).sqrt_().add_(_epsilon)).add_(slice.Values, alpha: step.Decay);
        Tensor size = slice.Values.norm(), length = update.norm();
        Tensor trust = where((size > 0).logical_and(length > 0), size / length, ones_like(size));
        slice.Values.sub_(update.mul_(trust * step.Rate));
    }

    private protected override FusedRule? Fused(StepInfo step)
    {
        (double meanBias, double squareBias) = Biases(step);
        return new FusedRule(FusedMethod.Lamb, step.Rate, step.Decay, _beta1, _beta2, 1 - _beta1, 1 - _beta2, meanBias, squareBias, _epsilon);
    }

    private (double Mean, double Square) Biases(StepInfo step) => (1 - Math.Pow(_beta1, step.Number), 1 - Math.Pow(_beta2, step.Number));
}
