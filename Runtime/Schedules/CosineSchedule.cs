namespace Dlm.Runtime.Schedules;

/// <summary>Rises in a straight line from nothing, then falls along half a cosine (Loshchilov and Hutter, 2017).</summary>
/// <param name="warmup">The share of the run that the rise takes.</param>
/// <param name="floor">What it falls to, as a share of the highest rate.</param>
public sealed class CosineSchedule(double warmup = 0, double floor = 0) : ISchedule
{
    /// <inheritdoc/>
    public double FactorAt(ScheduleTime at)
    {
        double rise = warmup * at.Steps;
        if (at.Step < rise) return (at.Step + 1) / (rise + 1);
        return Between(1, floor, (at.Step - rise) / Math.Max(1, at.Steps - rise));
    }

    /// <summary>Half a cosine from one factor to another.</summary>
    /// <param name="from">The first factor.</param>
    /// <param name="to">The last.</param>
    /// <param name="done">How much of the way is behind, from 0 to 1.</param>
    internal static double Between(double from, double to, double done) => to + (from - to) * (1 + Math.Cos(Math.PI * Math.Min(1, done))) / 2;
}
