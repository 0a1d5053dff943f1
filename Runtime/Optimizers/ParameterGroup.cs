using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Dlm.Runtime.Optimizers;

/// <summary>Parameters that an optimizer treats alike, and where that differs from its other groups.</summary>
/// <remarks>
/// A group that is made from a module follows it when it is moved or converted (<c>to</c>, <c>cuda</c>, <c>half</c>), which replaces its
/// parameters: the optimizer lays out the new ones at its next step and takes its state along. A list of parameters cannot be followed.
/// </remarks>
public sealed class ParameterGroup
{
    /// <summary>Parameters one by one.</summary>
    /// <param name="parameters">The parameters under the names that checkpoints use. Frozen ones are left out, those listed twice count once.</param>
    /// <param name="rate">The learning rate of this group; without it the optimizer's.</param>
    /// <param name="weightDecay">The weight decay of this group; without it the optimizer's.</param>
    public ParameterGroup(IEnumerable<(string Name, Parameter Parameter)> parameters, double? rate = null, double? weightDecay = null)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        (Parameters, Rate, WeightDecay) = (parameters, rate, weightDecay);
    }

    /// <summary>All parameters of <paramref name="network"/>.</summary>
    /// <inheritdoc cref="ParameterGroup(nn.Module, Func{string, bool}, double?, double?)"/>
    public ParameterGroup(nn.Module network, double? rate = null, double? weightDecay = null)
        : this(network, _ => true, rate, weightDecay)
    {
    }

    /// <summary>Those parameters of <paramref name="network"/> whose name <paramref name="chosen"/> accepts.</summary>
    /// <param name="network">The module.</param>
    /// <param name="chosen">Says of a name whether the parameter belongs to the group: <c>name => name.StartsWith("features.")</c>.</param>
    /// <param name="rate">The learning rate of this group; without it the optimizer's.</param>
    /// <param name="weightDecay">The weight decay of this group; without it the optimizer's.</param>
    public ParameterGroup(nn.Module network, Func<string, bool> chosen, double? rate = null, double? weightDecay = null)
        : this(Now(network ?? throw new ArgumentNullException(nameof(network)), chosen ?? throw new ArgumentNullException(nameof(chosen))), rate, weightDecay)
    {
    }

    /// <summary>The parameters under their names, as they are when this is enumerated.</summary>
    public IEnumerable<(string Name, Parameter Parameter)> Parameters { get; }

    /// <summary>The learning rate of this group, if it has one of its own.</summary>
    public double? Rate { get; }

    /// <summary>The weight decay of this group, if it has one of its own.</summary>
    public double? WeightDecay { get; }

    private static IEnumerable<(string Name, Parameter Parameter)> Now(nn.Module network, Func<string, bool> chosen)
    {
        foreach ((string name, Parameter parameter) in network.named_parameters())
        {
            if (chosen(name)) yield return (name, parameter);
        }
    }
}
