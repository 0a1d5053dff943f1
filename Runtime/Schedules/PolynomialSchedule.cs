namespace Dlm.Runtime.Schedules;

/// <summary>Falls as a power of what is left, as <c>torch.optim.lr_scheduler.PolynomialLR</c> does.</summary>
/// <param name="power">The power: 1 is a straight line.</param>
/// <param name="over">How long it takes; without it the whole run.</param>
/// <param name="floor">What it falls to, as a share of the highest rate.</param>
public sealed class PolynomialSchedule(double power = 1, Period? over = null, double floor = 0) : ISchedule
{
    private readonly Period _over = over ?? Period.Share(1);

    /// <inheritdoc/>
    public double FactorAt(ScheduleTime at) => floor + (1 - floor) * Math.Pow(1 - Math.Min(1, at.Step / Math.Max(1, _over.In(at))), power);
}
