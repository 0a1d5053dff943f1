using Dlm.Runtime.Training;

namespace Dlm.Runtime.Display;

/// <summary>Shows nothing.</summary>
public sealed class SilentDisplay : ITrainingDisplay
{
    /// <inheritdoc/>
    public TimeSpan Between => TimeSpan.MaxValue;

    /// <inheritdoc/>
    public void Run(Action training)
    {
        ArgumentNullException.ThrowIfNull(training);
        training();
    }

    /// <inheritdoc/>
    public void Show(TrainingProgress progress)
    {
    }

    /// <inheritdoc/>
    public void ShowEpoch(TrainingProgress progress, EpochSummary epoch)
    {
    }

    /// <inheritdoc/>
    public void Say(string sentence)
    {
    }
}
