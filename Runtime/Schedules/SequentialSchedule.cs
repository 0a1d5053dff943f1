namespace Dlm.Runtime.Schedules;

/// <summary>One schedule for a while, then another, which counts its steps, and the run's, from where it takes over.</summary>
/// <param name="first">The one to begin with.</param>
/// <param name="length">How long.</param>
/// <param name="then">The one after it.</param>
public sealed class SequentialSchedule(ISchedule first, Period length, ISchedule then) : IFeedbackSchedule
{
    /// <inheritdoc/>
    public double FactorAt(ScheduleTime at)
    {
        long change = (long)Math.Ceiling(length.In(at));
        return at.Step < change ? first.FactorAt(at with { Steps = Math.Min(at.Steps, change) }) : then.FactorAt(at.Since(change));
    }

    /// <inheritdoc/>
    public void EpochEnded(Training.EpochSummary epoch) => Feedback.EpochEnded(epoch, first, then);

    /// <inheritdoc/>
    public void Save(Checkpoints.CheckpointState state, string prefix) => Feedback.Save(state, prefix, first, then);

    /// <inheritdoc/>
    public void Load(Checkpoints.CheckpointState state, string prefix) => Feedback.Load(state, prefix, first, then);
}
