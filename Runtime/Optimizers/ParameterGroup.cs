using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Dlm.Runtime.Optimizers;

/// <summary>Parameters that an optimizer treats alike, and where that differs from its other groups.</summary>
/// <param name="parameters">The parameters under the names that checkpoints use. Frozen ones are left out, those listed twice count once.</param>
/// <param name="rate">The learning rate of this group; without it the optimizer's.</param>
/// <param name="weightDecay">The weight decay of this group; without it the optimizer's.</param>
public sealed class ParameterGroup(IEnumerable<(string Name, Parameter Parameter)> parameters, double? rate = null, double? weightDecay = null)
{
    /// <summary>All parameters of <paramref name="network"/>.</summary>
    public ParameterGroup(nn.Module network, double? rate = null, double? weightDecay = null)
        : this((network ?? throw new ArgumentNullException(nameof(network))).named_parameters(), rate, weightDecay)
    {
    }

    /// <summary>The parameters under their names.</summary>
    public IEnumerable<(string Name, Parameter Parameter)> Parameters => parameters;

    /// <summary>The learning rate of this group, if it has one of its own.</summary>
    public double? Rate => rate;

    /// <summary>The weight decay of this group, if it has one of its own.</summary>
    public double? WeightDecay => weightDecay;
}
