namespace Dlm.Runtime.Schedules;

/// <summary>
/// How the learning rate changes in the course of a run. What a schedule says depends on nothing but the step, so that a run that is
/// resumed goes on where it was; one that listens to the run is an <see cref="IFeedbackSchedule"/>.
/// </summary>
public interface ISchedule
{
    /// <summary>What the learning rates are multiplied by at a step.</summary>
    double FactorAt(ScheduleTime at);
}
