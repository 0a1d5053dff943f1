using Dlm.Runtime.Optimizers.Flat;
using Dlm.Runtime.Optimizers.Fused;
using static TorchSharp.torch;

namespace Dlm.Runtime.Optimizers;

/// <summary>RMSprop (Hinton, 2012, lecture 6e; centered after Graves, 2013, section 4.2), as <c>torch.optim.RMSprop</c> computes it.</summary>
public sealed class RmsProp : Optimizer
{
    private readonly double _alpha, _epsilon, _momentum;
    private readonly bool _centered;

    /// <summary>Over all parameters of <paramref name="network"/>.</summary>
    /// <inheritdoc cref="RmsProp(IEnumerable{ParameterGroup}, double, double, double, double, bool, double)"/>
    public RmsProp(nn.Module network, double rate = 1e-2, double alpha = 0.99, double epsilon = 1e-8, double momentum = 0, bool centered = false, double weightDecay = 0)
        : this([new ParameterGroup(network)], rate, alpha, epsilon, momentum, centered, weightDecay)
    {
    }

    /// <summary>Over groups of parameters.</summary>
    /// <param name="groups">The parameters, each group with settings of its own where it has them.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="alpha">How slowly the mean of the squares changes.</param>
    /// <param name="epsilon">Added to the root of the mean square.</param>
    /// <param name="momentum">The share of the last step that is made again.</param>
    /// <param name="centered">Divide by the root of the variance rather than of the mean square.</param>
    /// <param name="weightDecay">This times the parameter is added to its gradient.</param>
    public RmsProp(IEnumerable<ParameterGroup> groups, double rate = 1e-2, double alpha = 0.99, double epsilon = 1e-8, double momentum = 0, bool centered = false, double weightDecay = 0)
        : base(groups, [.. (string[])["square_avg"], .. centered ? (string[])["grad_avg"] : [], .. momentum == 0 ? [] : (string[])["momentum_buffer"]], rate, weightDecay)
    {
        (_alpha, _epsilon, _momentum, _centered) = (Checked.Share(alpha), Checked.NotNegative(epsilon), Checked.NotNegative(momentum), centered);
    }

    /// <inheritdoc/>
    protected override void Update(FlatSlice slice, StepInfo step)
    {
        Tensor gradient = Decayed(slice, step);
        Tensor square = slice.State[0].mul_(_alpha).addcmul_(gradient, gradient, 1 - _alpha);
        Tensor spread = square;
        if (_centered)
        {
            Tensor mean = slice.State[1].mul_(_alpha).add_(gradient, alpha: 1 - _alpha);
            spread = square.addcmul(mean, mean, -1);
        }

        Tensor scale = spread.sqrt().add_(_epsilon);
        if (_momentum == 0) slice.Values.addcdiv_(gradient, scale, -step.Rate);
        else slice.Values.add_(slice.State[^1].mul_(_momentum).addcdiv_(gradient, scale, 1), alpha: -step.Rate);
    }

    private protected override FusedRule? Fused(StepInfo step)
    {
        FusedMethod method = (_centered, _momentum != 0) switch
        {
            (false, false) => FusedMethod.RmsProp,
            (true, false) => FusedMethod.RmsPropCentered,
            (false, true) => FusedMethod.RmsPropMomentum,
            _ => FusedMethod.RmsPropCenteredMomentum,
        };
        return new FusedRule(method, step.Rate, step.Decay, _alpha, 1 - _alpha, _momentum, _epsilon);
    }
}
