using Dlm.Runtime.Training;

namespace Dlm.Runtime.Logging;

/// <summary>
/// A file with what is known of every step, in order. Of each step all is written together, when it is complete, so that a run that is resumed
/// finds a place to go on: what was written of later steps is taken back, and nothing stands there twice.
/// </summary>
public abstract class StepLog : ICallback
{
    private long _written;

    private protected StepLog(TimeSpan? between) => Between = between ?? TimeSpan.FromSeconds(10);

    /// <summary>How often it is written to.</summary>
    public TimeSpan Between { get; }

    /// <inheritdoc/>
    public void FitStarted(Trainer trainer, TrainingProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        if (IsAnothers(trainer)) return;
        _written = Begin(trainer, progress);
        Write(progress.History, progress.Step);
    }

    /// <inheritdoc/>
    public void LossesRead(Trainer trainer, TrainingProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        if (!IsAnothers(trainer)) Write(progress.History, progress.Step - 1); // a validation of the last step may be still to come
    }

    /// <inheritdoc/>
    public void EpochEnded(Trainer trainer, TrainingProgress progress, EpochSummary epoch)
    {
        ArgumentNullException.ThrowIfNull(progress);
        if (!IsAnothers(trainer)) Write(progress.History, progress.Step);
    }

    /// <inheritdoc/>
    public void FitEnded(Trainer trainer, FitResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (!IsAnothers(trainer)) Write(result.History, result.Step);
    }

    /// <inheritdoc/>
    public void FitFailed(Trainer trainer, TrainingProgress progress, Exception error)
    {
        ArgumentNullException.ThrowIfNull(progress);
        if (!IsAnothers(trainer)) Write(progress.History, progress.Step);
    }

    /// <summary>Makes the file ready to go on behind the steps that were made, and returns the last one that it holds.</summary>
    private protected abstract long Begin(Trainer trainer, TrainingProgress progress);

    /// <summary>Adds rows to the file.</summary>
    private protected abstract void Append(TrainingHistory history, IReadOnlyList<LogRow> rows);

    /// <summary>Whether several processes train together and another one writes.</summary>
    internal static bool IsAnothers(Trainer trainer)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        return trainer.Options.Together is { IsFirst: false };
    }

    private void Write(TrainingHistory history, long last)
    {
        LogRow[] rows = [.. LogRow.Of(history, _written, last)];
        if (rows is not [.., var end]) return;
        Append(history, rows);
        _written = end.Step.Step;
    }
}
