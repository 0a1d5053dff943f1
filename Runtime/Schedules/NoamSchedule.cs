namespace Dlm.Runtime.Schedules;

/// <summary>
/// The Transformer's (Vaswani et al., 2017, equation 3): width^-0.5 * min(step^-0.5, step * warmup^-1.5). The optimizer's rate is usually 1.
/// </summary>
/// <param name="width">The width of the model: 512 for the base model.</param>
/// <param name="warmup">How many steps the rise takes.</param>
public sealed class NoamSchedule(long width, long warmup = 4000) : ISchedule
{
    /// <inheritdoc/>
    public double FactorAt(ScheduleTime at)
    {
        double step = at.Step + 1;
        return Math.Pow(width, -0.5) * Math.Min(Math.Pow(step, -0.5), step * Math.Pow(warmup, -1.5));
    }
}
