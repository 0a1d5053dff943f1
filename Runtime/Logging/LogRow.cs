using Dlm.Runtime.Training;

namespace Dlm.Runtime.Logging;

/// <summary>What a log says of one step.</summary>
/// <param name="Step">The step.</param>
/// <param name="Epoch">The epoch that ended with it, if one did.</param>
/// <param name="Evaluation">The validation after it, if there was one.</param>
internal readonly record struct LogRow(TrainingStep Step, EpochSummary? Epoch, Evaluation? Evaluation)
{
    /// <summary>The rows of a history behind one step and up to another.</summary>
    public static IEnumerable<LogRow> Of(TrainingHistory history, long after, long last)
    {
        // Where a run went on with another number of processes a step can have two validations; the later one counts.
        Dictionary<long, EpochSummary> epochs = [];
        foreach (EpochSummary epoch in history.Epochs.Where(epoch => epoch.Step > after)) epochs[epoch.Step] = epoch;
        Dictionary<long, Evaluation> evaluations = [];
        foreach (Evaluation evaluation in history.Evaluations.Where(evaluation => evaluation.Step > after)) evaluations[evaluation.Step] = evaluation;
        return history.Steps(after).TakeWhile(step => step.Step <= last).Select(step => new LogRow(step, epochs.GetValueOrDefault(step.Step), evaluations.GetValueOrDefault(step.Step)));
    }
}
