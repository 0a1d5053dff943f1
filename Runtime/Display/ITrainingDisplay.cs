using Dlm.Runtime.Training;

namespace Dlm.Runtime.Display;

/// <summary>Shows a training run.</summary>
public interface ITrainingDisplay
{
    /// <summary>Runs <paramref name="training"/> and shows it meanwhile.</summary>
    void Run(Action training);

    /// <summary>Shows where the run stands; called a few times a second.</summary>
    void Show(TrainingProgress progress);

    /// <summary>Shows what an epoch came to.</summary>
    void ShowEpoch(TrainingProgress progress, EpochSummary epoch);

    /// <summary>Says a sentence.</summary>
    void Say(string sentence);
}
