namespace Dlm.Runtime.Reinforcement;

/// <summary>How far an episode has come, and whether something may be done in it.</summary>
internal struct Episode
{
    /// <summary>How many steps were made.</summary>
    public int Steps { get; set; }

    /// <summary>Whether one is going on.</summary>
    public bool IsRunning { get; set; }

    /// <summary>Refuses what cannot be done.</summary>
    public readonly void Require(int action, int actions)
    {
        if (!IsRunning) throw new InvalidOperationException("No episode is going on: call Reset first.");
        if (action < 0 || action >= actions) throw new ArgumentOutOfRangeException(nameof(action), action, $"The actions are 0 to {actions - 1}.");
    }
}
