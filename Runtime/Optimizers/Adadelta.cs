using Dlm.Runtime.Optimizers.Flat;
using Dlm.Runtime.Optimizers.Fused;
using static TorchSharp.torch;

namespace Dlm.Runtime.Optimizers;

/// <summary>Adadelta (Zeiler, 2012, algorithm 1), as <c>torch.optim.Adadelta</c> computes it.</summary>
public sealed class Adadelta : Optimizer
{
    private static readonly string[] Squares = ["square_avg", "acc_delta"];
    private readonly double _rho, _epsilon;

    /// <summary>Over all parameters of <paramref name="network"/>.</summary>
    /// <inheritdoc cref="Adadelta(IEnumerable{ParameterGroup}, double, double, double, double)"/>
    public Adadelta(nn.Module network, double rate = 1, double rho = 0.9, double epsilon = 1e-6, double weightDecay = 0)
        : this([new ParameterGroup(network)], rate, rho, epsilon, weightDecay)
    {
    }

    /// <summary>Over groups of parameters.</summary>
    /// <param name="groups">The parameters, each group with settings of its own where it has them.</param>
    /// <param name="rate">What the step that the method itself finds is multiplied by.</param>
    /// <param name="rho">How slowly the means of the squares change.</param>
    /// <param name="epsilon">Added to both mean squares before their roots are taken.</param>
    /// <param name="weightDecay">This times the parameter is added to its gradient.</param>
    public Adadelta(IEnumerable<ParameterGroup> groups, double rate = 1, double rho = 0.9, double epsilon = 1e-6, double weightDecay = 0)
        : base(groups, Squares, rate, weightDecay)
    {
        (_rho, _epsilon) = (Checked.Share(rho), Checked.NotNegative(epsilon));
    }

    /// <inheritdoc/>
    protected override void Update(FlatSlice slice, StepInfo step)
    {
        Tensor gradient = Decayed(slice, step);
        Tensor square = slice.State[0].mul_(_rho).addcmul_(gradient, gradient, 1 - _rho);
        Tensor delta = slice.State[1].add(_epsilon).sqrt_().div_(square.add(_epsilon).sqrt_()).mul_(gradient);
        slice.State[1].mul_(_rho).addcmul_(delta, delta, 1 - _rho);
        slice.Values.add_(delta, alpha: -step.Rate);
    }

    private protected override FusedRule? Fused(StepInfo step) => new FusedRule(FusedMethod.Adadelta, step.Rate, step.Decay, _rho, 1 - _rho, _epsilon);
}
