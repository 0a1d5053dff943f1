namespace Dlm.Runtime.Training;

/// <summary>Something to be done at points of a training run. Every method may be left out.</summary>
public interface ICallback
{
    /// <summary>How often it wants losses to be read back from their device, beside what the display asks for; each time that waits for the device.</summary>
    TimeSpan Between => TimeSpan.MaxValue;

    /// <summary>Before the first step.</summary>
    void FitStarted(Trainer trainer, TrainingProgress progress)
    {
    }

    /// <summary>After every step that changed the parameters. It delays the next one.</summary>
    void StepEnded(Trainer trainer, TrainingProgress progress)
    {
    }

    /// <summary>Within an epoch, so often, after losses were read back: those of all batches so far are in the history, as they are at an epoch's end.</summary>
    void LossesRead(Trainer trainer, TrainingProgress progress)
    {
    }

    /// <summary>After each validation, within an epoch and at its end.</summary>
    void Evaluated(Trainer trainer, TrainingProgress progress, Evaluation evaluation)
    {
    }

    /// <summary>After an epoch and its validation.</summary>
    void EpochEnded(Trainer trainer, TrainingProgress progress, EpochSummary epoch)
    {
    }

    /// <summary>After the last step, whatever ended the run but an exception.</summary>
    void FitEnded(Trainer trainer, FitResult result)
    {
    }

    /// <summary>Where an exception ends the run, before it comes out of <see cref="Trainer.Fit"/>.</summary>
    void FitFailed(Trainer trainer, TrainingProgress progress, Exception error)
    {
    }
}
