namespace Dlm.Runtime.Schedules;

/// <summary>A straight rise whose every step lies strictly between its ends, so that no step is lost at a rate of zero.</summary>
/// <param name="from">Where it begins.</param>
internal sealed class WarmupSchedule(double from) : ISchedule
{
    /// <inheritdoc/>
    public double FactorAt(ScheduleTime at) => from + (1 - from) * (at.Step + 1) / (at.Steps + 1);
}
