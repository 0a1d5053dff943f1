using System.Globalization;
using Dlm.Runtime.Averaging;
using Dlm.Runtime.Checkpoints;
using Dlm.Runtime.Data;
using Dlm.Runtime.Metrics;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Schedules;
using TorchSharp;
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
        CheckpointState state, Objective objective, DataLoader training, TrainerOptions options, TrainingProgress progress, LossRecorder losses, IMetric[] metrics, AveragedWeights? averages)
    {
        RunRecipe.Save(state, objective, training, options);
        foreach ((string name, nn.Module network) in objective.Networks) NetworkState.Save(state, network, name);
        foreach ((string name, Optimizer optimizer) in objective.Optimizers) optimizer.Save(state, name);
        averages?.Save(state);
        (options.Schedule as IFeedbackSchedule)?.Save(state, "schedule");
        using (Tensor random = torch.random.get_rng_state()) state.Add("random/torch", random);

        state.Set("data/samples", training.SamplesPerEpoch);
        state.Set("data/batch_size", training.BatchSize);
        state.Set("data/accumulate", options.AccumulateBatches);
        state.Set("data/sampler", training.Sampler.State);
        state.Set("progress/epoch", progress.Epoch);
        state.Set("progress/batch", progress.Batch);
        state.Set("progress/step", progress.Step);
        state.Set("progress/samples", losses.Samples);
        for (int i = 0; i < losses.Sums.Count; i++) state.Set(LossKey(i), losses.Sums[i]);
        for (int i = 0; i < metrics.Length; i++) metrics[i].Save(state, MetricKey(i));
        progress.History.Save(state);
    }

    public static void Load(
        CheckpointState state, Objective objective, DataLoader training, TrainerOptions options, TrainingProgress progress, LossRecorder losses, IMetric[] metrics, AveragedWeights? averages)
    {
        RequireSame(state, "data/accumulate", options.AccumulateBatches, "batches for an update");
        RequireSame(state, "data/samples", training.SamplesPerEpoch, "samples in an epoch");
        RequireSame(state, "data/batch_size", training.BatchSize, "samples in a batch");
        foreach ((string name, nn.Module network) in objective.Networks) NetworkState.Load(state, network, name);
        foreach ((string name, Optimizer optimizer) in objective.Optimizers) optimizer.Load(state, name);
        LoadAverages(state, objective, averages);
        (options.Schedule as IFeedbackSchedule)?.Load(state, "schedule");
        torch.random.set_rng_state(state.Tensor("random/torch"));

        training.Sampler.State = state.Text("data/sampler");
        progress.Epoch = (int)state.Integer("progress/epoch");
        progress.Batch = state.Integer("progress/batch");
        progress.Step = state.Integer("progress/step");
        losses.Restore([.. Enumerable.Range(0, losses.Sums.Count).Select(i => state.Number(LossKey(i)))], state.Integer("progress/samples"));
        for (int i = 0; i < metrics.Length; i++) metrics[i].Load(state, MetricKey(i));
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

    private static void RequireSame(CheckpointState state, string key, long actual, string what)
    {
        long saved = state.Integer(key);
        if (saved != actual) throw state.Error($"its run had {saved} {what}, and this one has {actual}", "Set the same to go on from it, or start afresh.");
    }
}
