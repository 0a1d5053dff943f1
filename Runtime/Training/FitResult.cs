namespace Dlm.Runtime.Training;

/// <summary>Why a training run ended.</summary>
public enum StopReason
{
    /// <summary>All epochs or steps that were asked for are done.</summary>
    Finished,

    /// <summary>Its time was used up.</summary>
    TimeUsedUp,

    /// <summary>A score no longer became better (<see cref="TrainerOptions.EarlyStopping"/>).</summary>
    NoImprovement,

    /// <summary>A callback or another thread asked for it.</summary>
    Stopped,

    /// <summary>The user (Ctrl-C) or the system (SIGTERM) asked for it.</summary>
    Interrupted,
}

/// <summary>How a training run ended.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Step">How many steps had been made.</param>
/// <param name="History">What was measured on the way.</param>
/// <param name="Checkpoint">The path of the last checkpoint, if any was written.</param>
/// <param name="Best">The path of the checkpoint that did best in validation (<see cref="TrainerOptions.BestBy"/>), if there is any.</param>
/// <param name="Duration">The time it took, this time.</param>
public sealed record FitResult(StopReason Reason, long Step, TrainingHistory History, string? Checkpoint, string? Best, TimeSpan Duration);
