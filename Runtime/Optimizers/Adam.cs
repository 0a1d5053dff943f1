using Dlm.Runtime.Optimizers.Flat;
using Dlm.Runtime.Optimizers.Fused;
using static TorchSharp.torch;

namespace Dlm.Runtime.Optimizers;

/// <summary>Adam (Kingma and Ba, 2015, algorithm 1), as <c>torch.optim.Adam</c> computes it; AMSGrad after Reddi et al., 2018.</summary>
public class Adam : Optimizer
{
    private static readonly string[] Moments = ["exp_avg", "exp_avg_sq"], MomentsAndLargest = [.. Moments, "max_exp_avg_sq"];
    private readonly double _beta1, _beta2, _epsilon;
    private readonly bool _amsgrad;

    /// <summary>Over all parameters of <paramref name="network"/>.</summary>
    /// <inheritdoc cref="Adam(IEnumerable{ParameterGroup}, double, double, double, double, double, bool)"/>
    public Adam(nn.Module network, double rate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0, bool amsgrad = false)
        : this([new ParameterGroup(network)], rate, beta1, beta2, epsilon, weightDecay, amsgrad)
    {
    }

    /// <summary>Over groups of parameters.</summary>
    /// <param name="groups">The parameters, each group with settings of its own where it has them.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="beta1">How slowly the mean of the gradients changes.</param>
    /// <param name="beta2">How slowly the mean of their squares changes.</param>
    /// <param name="epsilon">Added to the root of the mean square.</param>
    /// <param name="weightDecay">This times the parameter is added to its gradient.</param>
    /// <param name="amsgrad">Divide by the root of the largest mean square so far.</param>
    public Adam(IEnumerable<ParameterGroup> groups, double rate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0, bool amsgrad = false)
        : base(groups, amsgrad ? MomentsAndLargest : Moments, rate, weightDecay)
    {
        (_beta1, _beta2, _epsilon, _amsgrad) = (Checked.Share(beta1), Checked.Share(beta2), Checked.NotNegative(epsilon), amsgrad);
    }

    /// <summary>What decay multiplies a parameter by before the step; 1 where it is part of the gradient.</summary>
    private protected virtual double Left(StepInfo step) => 1;

    /// <summary>What share of a parameter decay adds to its gradient.</summary>
    private protected virtual double Added(StepInfo step) => step.Decay;

    /// <inheritdoc/>
    protected override void Update(FlatSlice slice, StepInfo step)
    {
        Tensor gradient = Added(step) == 0 ? slice.Gradients : Decayed(slice, step);
        if (Left(step) != 1) slice.Values.mul_(Left(step));
        Tensor mean = slice.State[0].mul_(_beta1).add_(gradient, alpha: 1 - _beta1);
        Tensor square = slice.State[1].mul_(_beta2).addcmul_(gradient, gradient, 1 - _beta2);
        if (_amsgrad) square = slice.State[2].copy_(maximum(slice.State[2], square));

        (double meanBias, double squareBias) = Biases(step);
        slice.Values.addcdiv_(mean, square.sqrt().div_(Math.Sqrt(squareBias)).add_(_epsilon), -step.Rate / meanBias);
    }

    private protected override FusedRule? Fused(StepInfo step)
    {
        (double meanBias, double squareBias) = Biases(step);
        return new FusedRule(
            _amsgrad ? FusedMethod.AmsGrad : FusedMethod.Adam,
            step.Rate / meanBias, Added(step), Left(step), _beta1, _beta2, 1 - _beta1, 1 - _beta2, Math.Sqrt(squareBias), _epsilon);
    }

    private (double Mean, double Square) Biases(StepInfo step) => (1 - Math.Pow(_beta1, step.Number), 1 - Math.Pow(_beta2, step.Number));
}
