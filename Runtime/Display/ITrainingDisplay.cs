using Dlm.Runtime.Training;

namespace Dlm.Runtime.Display;

/// <summary>Shows a training run.</summary>
public interface ITrainingDisplay
{
    /// <summary>Runs <paramref name="training"/> and shows it meanwhile.</summary>
    void Run(Action training);

    /// <summary>How often it wants to be shown where the run stands. For that, losses are read back from their device.</summary>
    TimeSpan Between => TimeSpan.FromMilliseconds(100);

    /// <summary>Shows where the run stands; called so often, and at the end of each epoch.</summary>
    void Show(TrainingProgress progress);

    /// <summary>Shows what an epoch came to.</summary>
    void ShowEpoch(TrainingProgress progress, EpochSummary epoch);

    /// <summary>Says a sentence.</summary>
    void Say(string sentence);
}
