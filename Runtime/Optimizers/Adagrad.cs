using Dlm.Runtime.Optimizers.Flat;
using Dlm.Runtime.Optimizers.Fused;
using static TorchSharp.torch;

namespace Dlm.Runtime.Optimizers;

/// <summary>Adagrad (Duchi, Hazan and Singer, 2011), as <c>torch.optim.Adagrad</c> computes it.</summary>
public sealed class Adagrad : Optimizer
{
    private static readonly string[] Sum = ["sum"];
    private readonly double _rateDecay, _epsilon;

    /// <summary>Over all parameters of <paramref name="network"/>.</summary>
    /// <inheritdoc cref="Adagrad(IEnumerable{ParameterGroup}, double, double, double, double, double)"/>
    public Adagrad(nn.Module network, double rate = 1e-2, double rateDecay = 0, double weightDecay = 0, double start = 0, double epsilon = 1e-10)
        : this([new ParameterGroup(network)], rate, rateDecay, weightDecay, start, epsilon)
    {
    }

    /// <summary>Over groups of parameters.</summary>
    /// <param name="groups">The parameters, each group with settings of its own where it has them.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="rateDecay">How the rate falls with the steps: it is divided by 1 + (step - 1) times this.</param>
    /// <param name="weightDecay">This times the parameter is added to its gradient.</param>
    /// <param name="start">What the sums of squares begin with.</param>
    /// <param name="epsilon">Added to the root of the sum of squares.</param>
    public Adagrad(IEnumerable<ParameterGroup> groups, double rate = 1e-2, double rateDecay = 0, double weightDecay = 0, double start = 0, double epsilon = 1e-10)
        : base(groups, Sum, rate, weightDecay)
    {
        (_rateDecay, _epsilon) = (Checked.NotNegative(rateDecay), Checked.NotNegative(epsilon));
        using var noGradient = no_grad();
        foreach (Tensor sum in Groups.SelectMany(group => group.WithState).Select(part => part.State[0])) sum.fill_(Checked.NotNegative(start));
    }

    /// <inheritdoc/>
    protected override void Update(FlatSlice slice, StepInfo step)
    {
        Tensor gradient = Decayed(slice, step);
        Tensor sum = slice.State[0].addcmul_(gradient, gradient, 1);
        slice.Values.addcdiv_(gradient, sum.sqrt().add_(_epsilon), -RateOf(step));
    }

    private protected override FusedRule? Fused(StepInfo step) => new FusedRule(FusedMethod.Adagrad, RateOf(step), step.Decay, _epsilon);

    private double RateOf(StepInfo step) => step.Rate / (1 + (step.Number - 1) * _rateDecay);
}
