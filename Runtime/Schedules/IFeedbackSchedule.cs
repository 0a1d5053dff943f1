using Dlm.Runtime.Checkpoints;
using Dlm.Runtime.Training;

namespace Dlm.Runtime.Schedules;

/// <summary>A schedule that goes by how the run goes, and whose state is kept in checkpoints.</summary>
public interface IFeedbackSchedule : ISchedule
{
    /// <summary>Takes note of an epoch.</summary>
    void EpochEnded(EpochSummary epoch);

    /// <summary>Writes what must be kept to go on.</summary>
    void Save(CheckpointState state, string prefix);

    /// <summary>Takes up what <see cref="Save"/> wrote.</summary>
    void Load(CheckpointState state, string prefix);
}
