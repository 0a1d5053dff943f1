using System.Globalization;
using Dlm.Runtime.Training;

namespace Dlm.Runtime.Averaging;

/// <summary>
/// An exponential moving average over the steps (Polyak and Juditsky, 1992; as <c>torch.optim.swa_utils.get_ema_multi_avg_fn</c>):
/// mean = decay * mean + (1 - decay) * weights, after each step.
/// </summary>
public sealed record ExponentialAverage : WeightAveraging
{
    /// <summary>Makes one.</summary>
    /// <param name="decay">What the mean keeps of itself at each step: with 0.999 it reaches some thousand steps back.</param>
    /// <param name="warmup">Begin with a smaller decay, (1 + n) / (10 + n) after n steps, so that the first weights are soon forgotten.</param>
    public ExponentialAverage(double decay = 0.999, bool warmup = false)
    {
        if (decay is not (>= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(decay), decay, "The decay of an average is at least 0 and below 1.");
        (Decay, Warmup) = (decay, warmup);
    }

    /// <summary>What the mean keeps of itself at each step.</summary>
    public double Decay { get; }

    /// <summary>Whether the decay grows from a small one.</summary>
    public bool Warmup { get; }

    /// <inheritdoc/>
    public override bool IsDue(TrainingProgress progress) => true;

    /// <inheritdoc/>
    public override double ShareOfNew(long taken) => 1 - (Warmup ? Math.Min(Decay, (1.0 + taken) / (10.0 + taken)) : Decay);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"exponential, decay {Decay}{(Warmup ? ", with warm-up" : "")}");
}
