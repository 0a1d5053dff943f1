namespace Dlm.Runtime.Schedules;

/// <summary>
/// Rises from a low rate to the highest and falls to nearly nothing (super-convergence: Smith and Topin, 2018, section 3), as
/// <c>torch.optim.lr_scheduler.OneCycleLR</c> does; the momentum stays.
/// </summary>
/// <param name="rise">The share of the run that the rise takes.</param>
/// <param name="start">The first factor.</param>
/// <param name="end">The last factor, as a share of the first.</param>
/// <param name="linear">In straight lines rather than along half a cosine.</param>
public sealed class OneCycleSchedule(double rise = 0.3, double start = 1 / 25.0, double end = 1e-4, bool linear = false) : ISchedule
{
    /// <inheritdoc/>
    public double FactorAt(ScheduleTime at)
    {
        double top = rise * at.Steps - 1, last = at.Steps - 1;
        return at.Step <= top ? Between(start, 1, at.Step / Math.Max(1, top)) : Between(1, start * end, (at.Step - top) / Math.Max(1, last - top));
    }

    private double Between(double from, double to, double done) =>
        linear ? from + (to - from) * Math.Min(1, done) : CosineSchedule.Between(from, to, done);
}
