using static TorchSharp.torch;

namespace Dlm.Runtime.Optimizers;

/// <summary>Adam (Kingma and Ba, 2015), as <c>torch.optim.Adam</c> computes it.</summary>
public class Adam : Optimizer
{
    private static readonly string[] Moments = ["exp_avg", "exp_avg_sq"];
    private readonly double _beta1, _beta2, _epsilon;

    /// <summary>Over all parameters of <paramref name="network"/>.</summary>
    /// <inheritdoc cref="Adam(IEnumerable{ParameterGroup}, double, double, double, double, double)"/>
    public Adam(nn.Module network, double rate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0)
        : this([new ParameterGroup(network)], rate, beta1, beta2, epsilon, weightDecay)
    {
    }

    /// <summary>Over groups of parameters.</summary>
    /// <param name="groups">The parameters, each group with settings of its own where it has them.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="beta1">How slowly the mean of the gradients changes.</param>
    /// <param name="beta2">How slowly the mean of their squares changes.</param>
    /// <param name="epsilon">Added to the root of the mean square.</param>
    /// <param name="weightDecay">This times the parameter is added to its gradient.</param>
    public Adam(IEnumerable<ParameterGroup> groups, double rate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0)
        : base(groups, Moments, rate, weightDecay)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epsilon);
        (_beta1, _beta2, _epsilon) = (Share(beta1), Share(beta2), epsilon);

        static double Share(double beta) =>
            beta is >= 0 and < 1 ? beta : throw new ArgumentOutOfRangeException(nameof(beta), beta, "A beta is at least 0 and less than 1.");
    }

    /// <inheritdoc/>
    protected override void Update(FlatSlice slice, FlatGroup group, double rate)
    {
        Tensor gradient = group.WeightDecay == 0 ? slice.Gradients : slice.Gradients.add(slice.Values, alpha: group.WeightDecay);
        Descend(slice, gradient, rate);
    }

    /// <summary>The step along <paramref name="gradient"/> that Adam and AdamW share.</summary>
    private protected void Descend(FlatSlice slice, Tensor gradient, double rate)
    {
        (Tensor mean, Tensor square) = (slice.State[0], slice.State[1]);
        mean.mul_(_beta1).add_(gradient, alpha: 1 - _beta1);
        square.mul_(_beta2).addcmul_(gradient, gradient, 1 - _beta2);

        double meanBias = 1 - Math.Pow(_beta1, Steps), squareBias = 1 - Math.Pow(_beta2, Steps);
        Tensor scale = square.sqrt().div_(Math.Sqrt(squareBias)).add_(_epsilon);
        slice.Values.addcdiv_(mean, scale, -rate / meanBias);
    }
}
