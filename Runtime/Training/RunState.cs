using System.Globalization;
using Dlm.Runtime.Averaging;
using Dlm.Runtime.Checkpoints;
using Dlm.Runtime.Metrics;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Schedules;
using static TorchSharp.torch;

namespace Dlm.Runtime.Training;

/// <summary>All that must be kept of a run, so that resuming it gives bit for bit what not stopping would have given.</summary>
/// <remarks>
/// Where weights are averaged, a checkpoint is written and read while the mean stands in the weights' place: under the networks' keys is what
/// was validated, and whoever loads them gets that.
/// </remarks>
internal static class RunState
{
    public static void Save(
        CheckpointState state, Objective objective, DataShare training, TrainerOptions options, TrainingProgress progress, LossRecorder losses, IMetric[] metrics, AveragedWeights? averages)
    {
        RunRecipe.Save(state, objective, training.Whole, options);
        foreach ((string name, nn.Module network) in objective.Networks) NetworkState.Save(state, network, name);
        foreach ((string name, Optimizer optimizer) in objective.Optimizers) optimizer.Save(state, name);
        averages?.Save(state);
        (options.Schedule as IFeedbackSchedule)?.Save(state, "schedule");
        RandomState.Save(state, options.Together);
        training.Save(state, progress);
        (double[] sums, long samples) = losses.Totals(options.Together);
        state.Set("progress/samples", samples);
        for (int i = 0; i < sums.Length; i++) state.Set(LossKey(i), sums[i]);
        for (int i = 0; i < metrics.Length; i++)
        {
            using IMetric whole = metrics[i].Whole(options.Together);
            whole.Save(state, MetricKey(i));
        }

        progress.History.Save(state);
    }

    public static void Load(
        CheckpointState state, Objective objective, DataShare training, TrainerOptions options, TrainingProgress progress, LossRecorder losses, IMetric[] metrics, AveragedWeights? averages)
    {
        training.Load(state, progress);
        foreach ((string name, nn.Module network) in objective.Networks) NetworkState.Load(state, network, name);
        foreach ((string name, Optimizer optimizer) in objective.Optimizers) optimizer.Load(state, name);
        LoadAverages(state, objective, averages);
        (options.Schedule as IFeedbackSchedule)?.Load(state, "schedule");
        RandomState.Load(state, options.Together);

        // What all processes together have counted goes on in the first.
        if (options.Together is null or { IsFirst: true })
        {
            losses.Restore([.. Enumerable.Range(0, losses.Sums.Count).Select(i => state.Number(LossKey(i)))], state.Integer("progress/samples"));
            for (int i = 0; i < metrics.Length; i++) metrics[i].Load(state, MetricKey(i));
        }

        progress.History.Load(state, [.. objective.LossNames.Select(name => new Score(name, 0, IsShare: false)), .. metrics.Select(metric => new Score(metric.Name, 0, metric.IsShare))]);
    }

    // A run that keeps no mean still takes the weights from where the mean's checkpoint has them.
    private static void LoadAverages(CheckpointState state, Objective objective, AveragedWeights? averages)
    {
        if (averages is null && AveragedWeights.CountIn(state) == 0) return;
        using AveragedWeights? passing = averages is null ? new AveragedWeights(objective) : null;
        AveragedWeights kept = averages ?? passing!;
        kept.Load(state);
        kept.ChangePlaces();
    }

    private static string LossKey(int index) => string.Create(CultureInfo.InvariantCulture, $"progress/loss/{index}");

    private static string MetricKey(int index) => string.Create(CultureInfo.InvariantCulture, $"progress/metric/{index}");
}
