namespace Dlm.Runtime.Schedules;

/// <summary>Falls by one factor in every epoch, evenly from step to step. After whole epochs it is what <c>torch.optim.lr_scheduler.ExponentialLR</c> gives.</summary>
/// <param name="factor">What it is multiplied by in the course of a period.</param>
/// <param name="every">The period; without it an epoch.</param>
public sealed class ExponentialSchedule(double factor, Period? every = null) : ISchedule
{
    private readonly Period _every = every ?? Period.Epochs(1);

    /// <inheritdoc/>
    public double FactorAt(ScheduleTime at) => Math.Pow(factor, at.Step / Math.Max(1, _every.In(at)));
}
