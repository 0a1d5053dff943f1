namespace Dlm.Runtime.Schedules;

/// <summary>Falls by one factor again and again, as <c>torch.optim.lr_scheduler.StepLR</c> does.</summary>
/// <param name="every">How long it stays between.</param>
/// <param name="factor">What it is multiplied by each time.</param>
/// <param name="first">How long it stays before it falls for the first time; as long as between, if null.</param>
public sealed class StepSchedule(Period every, double factor = 0.1, Period? first = null) : ISchedule
{
    /// <inheritdoc/>
    public double FactorAt(ScheduleTime at)
    {
        double since = at.Step - (first ?? every).In(at);
        return since < 0 ? 1 : Math.Pow(factor, Math.Floor(since / Math.Max(1, every.In(at))) + 1);
    }
}
