namespace Dlm.Runtime.Schedules;

/// <summary>Falls by one factor again and again, as <c>torch.optim.lr_scheduler.StepLR</c> does.</summary>
/// <param name="every">How long it stays between.</param>
/// <param name="factor">What it is multiplied by each time.</param>
public sealed class StepSchedule(Period every, double factor = 0.1) : ISchedule
{
    /// <inheritdoc/>
    public double FactorAt(ScheduleTime at) => Math.Pow(factor, Math.Floor(at.Step / Math.Max(1, every.In(at))));
}
