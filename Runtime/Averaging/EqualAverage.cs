using System.Globalization;
using Dlm.Runtime.Training;

namespace Dlm.Runtime.Averaging;

/// <summary>The plain mean of the weights at the end of each epoch from one on: stochastic weight averaging (Izmailov et al., 2018).</summary>
/// <remarks>It goes with a rate that stays high: a <c>ConstantSchedule</c>, or the last stretch of a <c>PiecewiseSchedule</c>.</remarks>
public sealed record EqualAverage : WeightAveraging
{
    /// <summary>Makes one.</summary>
    /// <param name="fromEpoch">The first epoch whose weights are taken, counted from 1.</param>
    /// <param name="everySteps">Take weights every so many steps from that epoch on, rather than at the end of each.</param>
    public EqualAverage(int fromEpoch = 1, long? everySteps = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fromEpoch);
        if (everySteps is { } steps) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps, nameof(everySteps));
        (FromEpoch, EverySteps) = (fromEpoch, everySteps);
    }

    /// <summary>The first epoch whose weights are taken, counted from 1.</summary>
    public int FromEpoch { get; }

    /// <summary>How often weights are taken; without it, at the end of each epoch.</summary>
    public long? EverySteps { get; }

    /// <inheritdoc/>
    public override bool IsDue(TrainingProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        if (progress.Epoch + 1 < FromEpoch) return false;
        return EverySteps is { } steps ? progress.Step % steps == 0 : progress.Batch == progress.BatchesPerEpoch;
    }

    /// <inheritdoc/>
    public override double ShareOfNew(long taken) => 1.0 / (taken + 1);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"equal, from epoch {FromEpoch}{(EverySteps is { } steps ? $", every {steps} steps" : "")}");
}
