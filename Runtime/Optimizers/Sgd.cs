using Dlm.Runtime.Optimizers.Flat;
using Dlm.Runtime.Optimizers.Fused;
using static TorchSharp.torch;

namespace Dlm.Runtime.Optimizers;

/// <summary>
/// Stochastic gradient descent, with momentum as <c>torch.optim.SGD</c> defines it (Polyak, 1964; Nesterov's form after
/// Sutskever et al., 2013, section 2).
/// </summary>
public sealed class Sgd : Optimizer
{
    private static readonly string[] Momentum = ["momentum_buffer"];
    private readonly double _momentum, _dampening;
    private readonly bool _nesterov;

    /// <summary>Over all parameters of <paramref name="network"/>.</summary>
    /// <inheritdoc cref="Sgd(IEnumerable{ParameterGroup}, double, double, bool, double, double)"/>
    public Sgd(nn.Module network, double rate, double momentum = 0, bool nesterov = false, double weightDecay = 0, double dampening = 0)
        : this([new ParameterGroup(network)], rate, momentum, nesterov, weightDecay, dampening)
    {
    }

    /// <summary>Over groups of parameters.</summary>
    /// <param name="groups">The parameters, each group with settings of its own where it has them.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="momentum">The share of the last step that is made again.</param>
    /// <param name="nesterov">Look ahead along the momentum.</param>
    /// <param name="weightDecay">This times the parameter is added to its gradient.</param>
    /// <param name="dampening">The share of the gradient that does not go into the momentum.</param>
    /// <exception cref="ArgumentException">Nesterov's form without momentum, or with dampening.</exception>
    public Sgd(IEnumerable<ParameterGroup> groups, double rate, double momentum = 0, bool nesterov = false, double weightDecay = 0, double dampening = 0)
        : base(groups, momentum == 0 ? [] : Momentum, rate, weightDecay)
    {
        if (nesterov && (momentum == 0 || dampening != 0)) throw new ArgumentException("Nesterov's form needs a momentum and no dampening.", nameof(nesterov));
        (_momentum, _dampening, _nesterov) = (Checked.NotNegative(momentum), dampening, nesterov);
    }

    /// <inheritdoc/>
    protected override void Update(FlatSlice slice, StepInfo step)
    {
        Tensor gradient = Decayed(slice, step);
        if (_momentum != 0)
        {
            Tensor buffer = slice.State[0].mul_(Kept(step)).add_(gradient, alpha: Taken(step));
            gradient = _nesterov ? gradient.add(buffer, alpha: _momentum) : buffer;
        }

        slice.Values.add_(gradient, alpha: -step.Rate);
    }

    private protected override FusedRule? Fused(StepInfo step) =>
        _momentum == 0
            ? new FusedRule(FusedMethod.Sgd, step.Rate, step.Decay)
            : new FusedRule(_nesterov ? FusedMethod.Nesterov : FusedMethod.Momentum, step.Rate, step.Decay, Kept(step), Taken(step), _momentum);

    // A parameter's first step begins the momentum with its whole gradient.
    private double Kept(StepInfo step) => step.Number == 1 ? 0 : _momentum;

    private double Taken(StepInfo step) => step.Number == 1 ? 1 : 1 - _dampening;
}
