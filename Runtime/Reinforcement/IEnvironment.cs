namespace Dlm.Runtime.Reinforcement;

/// <summary>A world in which an agent acts and is rewarded, with a choice of actions, as in Gymnasium.</summary>
public interface IEnvironment
{
    /// <summary>The shape of what the agent sees: [4] numbers, or [channels, height, width] of pixels.</summary>
    IReadOnlyList<int> ObservationShape { get; }

    /// <summary>How many actions there are; they are numbered from 0.</summary>
    int Actions { get; }

    /// <summary>All that the next steps depend on, chance included: what a checkpoint must keep.</summary>
    /// <exception cref="FormatException">The text set is not such a state.</exception>
    string State { get; set; }

    /// <summary>Begins an episode, other than the ones before.</summary>
    void Reset();

    /// <summary>Does something.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such action.</exception>
    /// <exception cref="InvalidOperationException">The episode has ended, or none has begun.</exception>
    StepResult Step(int action);

    /// <summary>Writes what the agent sees now.</summary>
    /// <param name="target">As many numbers as <see cref="ObservationShape"/> says.</param>
    void Observe(Span<float> target);
}

/// <summary>What came of an action.</summary>
/// <param name="Reward">What it was worth.</param>
/// <param name="Terminated">The episode has ended: nothing more is to be won.</param>
/// <param name="Truncated">The time was up: the episode is broken off, and what would have come still has a value.</param>
public readonly record struct StepResult(float Reward, bool Terminated, bool Truncated)
{
    /// <summary>Whether another episode must begin.</summary>
    public bool Ended => Terminated || Truncated;
}
