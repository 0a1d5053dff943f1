namespace Dlm.Runtime.Schedules;

/// <summary>Falls by one factor at each of several moments, as <c>torch.optim.lr_scheduler.MultiStepLR</c> does.</summary>
/// <param name="factor">What it is multiplied by each time.</param>
/// <param name="moments">When, counted from the start.</param>
public sealed class MultiStepSchedule(double factor, params IReadOnlyList<Period> moments) : ISchedule
{
    /// <inheritdoc/>
    public double FactorAt(ScheduleTime at) => Math.Pow(factor, moments.Count(moment => at.Step >= moment.In(at)));
}
