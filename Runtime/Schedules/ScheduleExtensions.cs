namespace Dlm.Runtime.Schedules;

/// <summary>Schedules made of schedules.</summary>
public static class ScheduleExtensions
{
    /// <summary>Rises in a straight line first, whose first step is above nothing already, and then goes the way of <paramref name="schedule"/>.</summary>
    /// <param name="schedule">What comes after the rise; it counts its steps from there.</param>
    /// <param name="warmup">How long the rise takes.</param>
    /// <param name="from">Where the rise begins.</param>
    public static ISchedule After(this ISchedule schedule, Period warmup, double from = 0) => new SequentialSchedule(new WarmupSchedule(from), warmup, schedule);

    /// <summary>Goes the way of <paramref name="schedule"/> for a while, and then that of another.</summary>
    /// <param name="schedule">The first.</param>
    /// <param name="length">How long.</param>
    /// <param name="then">The second; it counts its steps from there.</param>
    public static ISchedule Then(this ISchedule schedule, Period length, ISchedule then) => new SequentialSchedule(schedule, length, then);

    /// <summary>Both at once: the factors multiplied.</summary>
    public static ISchedule Times(this ISchedule schedule, ISchedule other) => new ProductSchedule(schedule, other);
}
