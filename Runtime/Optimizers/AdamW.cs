using static TorchSharp.torch;

namespace Dlm.Runtime.Optimizers;

/// <summary>Adam with decoupled weight decay (Loshchilov and Hutter, 2019, algorithm 2), as <c>torch.optim.AdamW</c> computes it.</summary>
public sealed class AdamW : Adam
{
    /// <summary>Over all parameters of <paramref name="network"/>.</summary>
    /// <inheritdoc cref="AdamW(IEnumerable{ParameterGroup}, double, double, double, double, double, bool)"/>
    public AdamW(nn.Module network, double rate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 1e-2, bool amsgrad = false)
        : this([new ParameterGroup(network)], rate, beta1, beta2, epsilon, weightDecay, amsgrad)
    {
    }

    /// <summary>Over groups of parameters.</summary>
    /// <param name="groups">The parameters, each group with settings of its own where it has them.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="beta1">How slowly the mean of the gradients changes.</param>
    /// <param name="beta2">How slowly the mean of their squares changes.</param>
    /// <param name="epsilon">Added to the root of the mean square.</param>
    /// <param name="weightDecay">The share of a parameter that each step takes away, times the learning rate.</param>
    /// <param name="amsgrad">Divide by the root of the largest mean square so far.</param>
    public AdamW(IEnumerable<ParameterGroup> groups, double rate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 1e-2, bool amsgrad = false)
        : base(groups, rate, beta1, beta2, epsilon, weightDecay, amsgrad)
    {
    }

    private protected override double Left(StepInfo step) => 1 - step.Rate * step.Decay;

    private protected override double Added(StepInfo step) => 0;
}
