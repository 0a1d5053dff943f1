using Dlm.Runtime.Optimizers.Flat;
using Dlm.Runtime.Optimizers.Fused;
using static TorchSharp.torch;

namespace Dlm.Runtime.Optimizers;

/// <summary>Rectified Adam (Liu et al., 2020, algorithm 2), as <c>torch.optim.RAdam</c> computes it.</summary>
public sealed class RAdam : Optimizer
{
    private static readonly string[] Moments = ["exp_avg", "exp_avg_sq"];
    private readonly double _beta1, _beta2, _epsilon;

    /// <summary>Over all parameters of <paramref name="network"/>.</summary>
    /// <inheritdoc cref="RAdam(IEnumerable{ParameterGroup}, double, double, double, double, double)"/>
    public RAdam(nn.Module network, double rate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0)
        : this([new ParameterGroup(network)], rate, beta1, beta2, epsilon, weightDecay)
    {
    }

    /// <summary>Over groups of parameters.</summary>
    /// <param name="groups">The parameters, each group with settings of its own where it has them.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="beta1">How slowly the mean of the gradients changes.</param>
    /// <param name="beta2">How slowly the mean of their squares changes.</param>
    /// <param name="epsilon">Added to the root of the mean square.</param>
    /// <param name="weightDecay">This times the parameter is added to its gradient.</param>
    public RAdam(IEnumerable<ParameterGroup> groups, double rate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0)
        : base(groups, Moments, rate, weightDecay)
    {
        (_beta1, _beta2, _epsilon) = (Checked.Share(beta1), Checked.Share(beta2), Checked.NotNegative(epsilon));
    }

    /// <inheritdoc/>
    protected override void Update(FlatSlice slice, StepInfo step)
    {
        Tensor gradient = Decayed(slice, step);
        Tensor mean = slice.State[0].mul_(_beta1).add_(gradient, alpha: 1 - _beta1);
        Tensor square = slice.State[1].mul_(_beta2).addcmul_(gradient, gradient, 1 - _beta2);
        (double plain, double rectified) = Rates(step);
        if (rectified > 0) slice.Values.addcdiv_(mean, square.sqrt().add_(_epsilon), -rectified);
        else slice.Values.add_(mean, alpha: -plain);
    }

    private protected override FusedRule? Fused(StepInfo step)
    {
        (double plain, double rectified) = Rates(step);
        return new FusedRule(FusedMethod.RAdam, plain, rectified, step.Decay, _beta1, _beta2, 1 - _beta1, 1 - _beta2, _epsilon);
    }

    /// <summary>The rate of a plain step, and of a rectified one: 0 as long as the variance cannot be told.</summary>
    private (double Plain, double Rectified) Rates(StepInfo step)
    {
        double power = Math.Pow(_beta2, step.Number), rate = step.Rate / (1 - Math.Pow(_beta1, step.Number));
        double longest = 2 / (1 - _beta2) - 1, length = longest - 2 * step.Number * power / (1 - power);
        if (length <= 5) return (rate, 0);
        double rectification = Math.Sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length));
        return (rate, rate * rectification * Math.Sqrt(1 - power));
    }
}
