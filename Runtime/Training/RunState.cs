using System.Globalization;
using Dlm.Runtime.Checkpoints;
using Dlm.Runtime.Data;
using Dlm.Runtime.Metrics;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Schedules;
using TorchSharp;
using static TorchSharp.torch;

namespace Dlm.Runtime.Training;

/// <summary>All that must be kept of a run, so that resuming it gives bit for bit what not stopping would have given.</summary>
internal static class RunState
{
    public static void Save(
        CheckpointState state, Objective objective, DataLoader training, TrainerOptions options, TrainingProgress progress, LossRecorder losses, IMetric[] metrics, TrainingHistory history)
    {
        RunRecipe.Save(state, objective, training, options);
        foreach ((string name, nn.Module network) in objective.Networks) NetworkState.Save(state, network, name);
        foreach ((string name, Optimizer optimizer) in objective.Optimizers) optimizer.Save(state, name);
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
        history.Save(state);
    }

    public static void Load(
        CheckpointState state, Objective objective, DataLoader training, TrainerOptions options, TrainingProgress progress, LossRecorder losses, IMetric[] metrics, TrainingHistory history)
    {
        RequireSame(state, "data/accumulate", options.AccumulateBatches, "batches for an update");
        RequireSame(state, "data/samples", training.SamplesPerEpoch, "samples in an epoch");
        RequireSame(state, "data/batch_size", training.BatchSize, "samples in a batch");
        foreach ((string name, nn.Module network) in objective.Networks) NetworkState.Load(state, network, name);
        foreach ((string name, Optimizer optimizer) in objective.Optimizers) optimizer.Load(state, name);
        (options.Schedule as IFeedbackSchedule)?.Load(state, "schedule");
        torch.random.set_rng_state(state.Tensor("random/torch"));

        training.Sampler.State = state.Text("data/sampler");
        progress.Epoch = (int)state.Integer("progress/epoch");
        progress.Batch = state.Integer("progress/batch");
        progress.Step = state.Integer("progress/step");
        losses.Restore([.. Enumerable.Range(0, losses.Sums.Count).Select(i => state.Number(LossKey(i)))], state.Integer("progress/samples"));
        for (int i = 0; i < metrics.Length; i++) metrics[i].Load(state, MetricKey(i));
        history.Load(state, [.. objective.LossNames.Select(name => new Score(name, 0, IsShare: false)), .. metrics.Select(metric => new Score(metric.Name, 0, metric.IsShare))]);
    }

    private static string LossKey(int index) => string.Create(CultureInfo.InvariantCulture, $"progress/loss/{index}");

    private static string MetricKey(int index) => string.Create(CultureInfo.InvariantCulture, $"progress/metric/{index}");

    private static void RequireSame(CheckpointState state, string key, long actual, string what)
    {
        long saved = state.Integer(key);
        if (saved != actual) throw state.Error($"its run had {saved} {what}, and this one has {actual}", "Set the same to go on from it, or start afresh.");
    }
}
