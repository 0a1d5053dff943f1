using System.Globalization;
using Dlm.Runtime.Checkpoints;
using Dlm.Runtime.Training;

namespace Dlm.Runtime.Schedules;

/// <summary>Passes on to those of several schedules that listen to the run.</summary>
internal static class Feedback
{
    public static void EpochEnded(EpochSummary epoch, params IReadOnlyList<ISchedule> schedules)
    {
        foreach (IFeedbackSchedule schedule in schedules.OfType<IFeedbackSchedule>()) schedule.EpochEnded(epoch);
    }

    public static void Save(CheckpointState state, string prefix, params IReadOnlyList<ISchedule> schedules)
    {
        for (int i = 0; i < schedules.Count; i++) (schedules[i] as IFeedbackSchedule)?.Save(state, Key(prefix, i));
    }

    public static void Load(CheckpointState state, string prefix, params IReadOnlyList<ISchedule> schedules)
    {
        for (int i = 0; i < schedules.Count; i++) (schedules[i] as IFeedbackSchedule)?.Load(state, Key(prefix, i));
    }

    private static string Key(string prefix, int index) => string.Create(CultureInfo.InvariantCulture, $"{prefix}/{index}");
}
