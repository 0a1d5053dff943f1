namespace Dlm.Runtime.Schedules;

/// <summary>Always the same.</summary>
/// <param name="factor">What the rates are multiplied by.</param>
public sealed class ConstantSchedule(double factor = 1) : ISchedule
{
    /// <inheritdoc/>
    public double FactorAt(ScheduleTime at) => factor;
}
