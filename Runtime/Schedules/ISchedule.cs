namespace Dlm.Runtime.Schedules;

/// <summary>How the learning rate changes in the course of a run.</summary>
public interface ISchedule
{
    /// <summary>What the learning rates are multiplied by at a step.</summary>
    /// <param name="step">The step, counted from 0.</param>
    /// <param name="steps">How many there will be.</param>
    double FactorAt(long step, long steps);
}
