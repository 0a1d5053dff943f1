namespace Dlm.Runtime.Schedules;

/// <summary>Rises in a straight line from nothing, then falls along half a cosine (Loshchilov and Hutter, 2017).</summary>
/// <param name="warmup">The share of the run that the rise takes.</param>
/// <param name="floor">What it falls to, as a share of the highest rate.</param>
public sealed class CosineSchedule(double warmup = 0, double floor = 0) : ISchedule
{
    /// <inheritdoc/>
    public double FactorAt(long step, long steps)
    {
        double rise = warmup * steps;
        if (step < rise) return (step + 1) / (rise + 1);
        double done = Math.Min(1, (step - rise) / Math.Max(1, steps - rise));
        return floor + (1 - floor) * (1 + Math.Cos(Math.PI * done)) / 2;
    }
}
