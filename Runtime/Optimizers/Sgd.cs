using static TorchSharp.torch;

namespace Dlm.Runtime.Optimizers;

/// <summary>
/// Stochastic gradient descent, with momentum as <c>torch.optim.SGD</c> defines it (Polyak, 1964; Nesterov's form after
/// Sutskever et al., 2013).
/// </summary>
public sealed class Sgd : Optimizer
{
    private static readonly string[] Momentum = ["momentum_buffer"];
    private readonly double _momentum;
    private readonly bool _nesterov;

    /// <summary>Over all parameters of <paramref name="network"/>.</summary>
    /// <inheritdoc cref="Sgd(IEnumerable{ParameterGroup}, double, double, bool, double)"/>
    public Sgd(nn.Module network, double rate, double momentum = 0, bool nesterov = false, double weightDecay = 0)
        : this([new ParameterGroup(network)], rate, momentum, nesterov, weightDecay)
    {
    }

    /// <summary>Over groups of parameters.</summary>
    /// <param name="groups">The parameters, each group with settings of its own where it has them.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="momentum">The share of the last step that is made again.</param>
    /// <param name="nesterov">Look ahead along the momentum.</param>
    /// <param name="weightDecay">This times the parameter is added to its gradient.</param>
    /// <exception cref="ArgumentException">Nesterov's form without momentum.</exception>
    public Sgd(IEnumerable<ParameterGroup> groups, double rate, double momentum = 0, bool nesterov = false, double weightDecay = 0)
        : base(groups, momentum == 0 ? [] : Momentum, rate, weightDecay)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(momentum);
        if (nesterov && momentum == 0) throw new ArgumentException("Nesterov's form needs a momentum.", nameof(nesterov));
        (_momentum, _nesterov) = (momentum, nesterov);
    }

    /// <inheritdoc/>
    protected override void Update(FlatSlice slice, FlatGroup group, double rate)
    {
        Tensor gradient = group.WeightDecay == 0 ? slice.Gradients : slice.Gradients.add(slice.Values, alpha: group.WeightDecay);
        if (_momentum != 0)
        {
            Tensor buffer = slice.State[0].mul_(_momentum).add_(gradient);
            gradient = _nesterov ? gradient.add(buffer, alpha: _momentum) : buffer;
        }

        slice.Values.add_(gradient, alpha: -rate);
    }
}
