namespace Dlm.Runtime.Schedules;

/// <summary>Several schedules at once: their factors multiplied.</summary>
/// <param name="schedules">The schedules.</param>
public sealed class ProductSchedule(params IReadOnlyList<ISchedule> schedules) : IFeedbackSchedule
{
    /// <inheritdoc/>
    public double FactorAt(ScheduleTime at) => schedules.Aggregate(1.0, (product, schedule) => product * schedule.FactorAt(at));

    /// <inheritdoc/>
    public void EpochEnded(Training.EpochSummary epoch) => Feedback.EpochEnded(epoch, schedules);

    /// <inheritdoc/>
    public void Save(Checkpoints.CheckpointState state, string prefix) => Feedback.Save(state, prefix, schedules);

    /// <inheritdoc/>
    public void Load(Checkpoints.CheckpointState state, string prefix) => Feedback.Load(state, prefix, schedules);
}
