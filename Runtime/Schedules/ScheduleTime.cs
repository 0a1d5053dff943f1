namespace Dlm.Runtime.Schedules;

/// <summary>A moment of a run.</summary>
/// <param name="Step">The step, counted from 0.</param>
/// <param name="Steps">How many there will be.</param>
/// <param name="StepsPerEpoch">How many an epoch has.</param>
public readonly record struct ScheduleTime(long Step, long Steps, long StepsPerEpoch)
{
    /// <summary>The same moment, counted from a later start.</summary>
    internal ScheduleTime Since(long start) => this with { Step = Step - start, Steps = Steps - start };
}
