namespace Dlm.Runtime.Schedules;

/// <summary>A short rise and a long fall, both straight (ULMFiT: Howard and Ruder, 2018, equation 3).</summary>
/// <param name="cut">The share of the run that the rise takes.</param>
/// <param name="ratio">How much smaller the lowest rate is than the highest.</param>
public sealed class SlantedTriangularSchedule(double cut = 0.1, double ratio = 32) : ISchedule
{
    /// <inheritdoc/>
    public double FactorAt(ScheduleTime at)
    {
        double top = Math.Max(1, Math.Floor(at.Steps * cut));
        double height = at.Step < top ? at.Step / top : 1 - (at.Step - top) / (top * (1 / cut - 1));
        return (1 + Math.Max(0, height) * (ratio - 1)) / ratio;
    }
}
