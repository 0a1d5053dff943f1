using Dlm.Runtime.Optimizers.Flat;
using Dlm.Runtime.Optimizers.Fused;
using static TorchSharp.torch;

namespace Dlm.Runtime.Optimizers;

/// <summary>Adam with Nesterov's momentum (Dozat, 2016), as <c>torch.optim.NAdam</c> computes it since PyTorch 2.0.</summary>
public sealed class NAdam : Optimizer
{
    private static readonly string[] Moments = ["exp_avg", "exp_avg_sq"];
    private readonly double _beta1, _beta2, _epsilon, _momentumDecay;
    private readonly List<double> _products = [1];

    /// <summary>Over all parameters of <paramref name="network"/>.</summary>
    /// <inheritdoc cref="NAdam(IEnumerable{ParameterGroup}, double, double, double, double, double, double)"/>
    public NAdam(nn.Module network, double rate = 2e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0, double momentumDecay = 4e-3)
        : this([new ParameterGroup(network)], rate, beta1, beta2, epsilon, weightDecay, momentumDecay)
    {
    }

    /// <summary>Over groups of parameters.</summary>
    /// <param name="groups">The parameters, each group with settings of its own where it has them.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="beta1">How slowly the mean of the gradients changes.</param>
    /// <param name="beta2">How slowly the mean of their squares changes.</param>
    /// <param name="epsilon">Added to the root of the mean square.</param>
    /// <param name="weightDecay">This times the parameter is added to its gradient.</param>
    /// <param name="momentumDecay">How soon the momentum reaches its full strength.</param>
    public NAdam(IEnumerable<ParameterGroup> groups, double rate = 2e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0, double momentumDecay = 4e-3)
        : base(groups, Moments, rate, weightDecay)
    {
        (_beta1, _beta2, _epsilon) = (Checked.Share(beta1), Checked.Share(beta2), Checked.NotNegative(epsilon));
        _momentumDecay = Checked.NotNegative(momentumDecay);
    }

    /// <inheritdoc/>
    protected override void Update(FlatSlice slice, StepInfo step)
    {
        Tensor gradient = Decayed(slice, step);
        Tensor mean = slice.State[0].mul_(_beta1).add_(gradient, alpha: 1 - _beta1);
        Tensor square = slice.State[1].mul_(_beta2).addcmul_(gradient, gradient, 1 - _beta2);
        (double now, double next) = Rates(step);
        Tensor scale = (square / SquareBias(step)).sqrt_().add_(_epsilon);
        slice.Values.addcdiv_(gradient, scale, -now).addcdiv_(mean, scale, -next);
    }

    private protected override FusedRule? Fused(StepInfo step)
    {
        (double now, double next) = Rates(step);
        return new FusedRule(FusedMethod.NAdam, now, next, step.Decay, _beta1, _beta2, 1 - _beta1, 1 - _beta2, SquareBias(step), _epsilon);
    }

    private double SquareBias(StepInfo step) => 1 - Math.Pow(_beta2, step.Number);

    /// <summary>The rates along this gradient and along the mean of them all.</summary>
    private (double Now, double Next) Rates(StepInfo step)
    {
        double momentum = MomentumAt(step.Number), after = MomentumAt(step.Number + 1), product = Product(step.Number);
        return (step.Rate * (1 - momentum) / (1 - product), step.Rate * after / (1 - product * after));
    }

    private double MomentumAt(long number) => _beta1 * (1 - 0.5 * Math.Pow(0.96, number * _momentumDecay));

    // The product of all momenta so far. It falls to nothing within some thousand steps, and then the list ends.
    private double Product(long number)
    {
        lock (_products)
        {
            while (_products.Count <= number && _products[^1] > 0) _products.Add(_products[^1] * MomentumAt(_products.Count));
            return number < _products.Count ? _products[(int)number] : 0;
        }
    }
}
