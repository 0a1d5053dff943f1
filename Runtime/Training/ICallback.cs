namespace Dlm.Runtime.Training;

/// <summary>Something to be done at points of a training run. Every method may be left out.</summary>
public interface ICallback
{
    /// <summary>Before the first step.</summary>
    void FitStarted(Trainer trainer, TrainingProgress progress)
    {
    }

    /// <summary>After every step that changed the parameters. It delays the next one.</summary>
    void StepEnded(Trainer trainer, TrainingProgress progress)
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
}
