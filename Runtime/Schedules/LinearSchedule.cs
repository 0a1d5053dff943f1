namespace Dlm.Runtime.Schedules;

/// <summary>Goes in a straight line and stays where it ends, as <c>torch.optim.lr_scheduler.LinearLR</c> does.</summary>
/// <param name="from">The factor at the first step.</param>
/// <param name="to">The factor at the end.</param>
/// <param name="over">How long it takes; without it the whole run.</param>
public sealed class LinearSchedule(double from, double to, Period? over = null) : ISchedule
{
    private readonly Period _over = over ?? Period.Share(1);

    /// <inheritdoc/>
    public double FactorAt(ScheduleTime at) => from + (to - from) * Math.Min(1, at.Step / Math.Max(1, _over.In(at)));
}
