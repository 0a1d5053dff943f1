using System.Diagnostics;
using Dlm.Runtime.Checkpoints;
using Dlm.Runtime.Data;
using Dlm.Runtime.Display;
using Dlm.Runtime.Distributed;
using Dlm.Runtime.Metrics;
using static TorchSharp.torch;

namespace Dlm.Runtime.Training;

public sealed partial class Trainer
{
    /// <summary>Judges the networks by data, in evaluation mode and without recording gradients.</summary>
    /// <param name="data">The data: a validation or test set.</param>
    /// <param name="extra">Metrics to count beside the objective's own; they can be read afterwards.</param>
    /// <returns>The losses, averaged over the samples, and the metrics.</returns>
    public Scores Evaluate(DataLoader data, params IReadOnlyList<IMetric> extra)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(extra);
        return Evaluate(data, extra, done: null);
    }

    /// <inheritdoc cref="Evaluate(DataLoader, IReadOnlyList{IMetric})"/>
    /// <param name="data">The data.</param>
    /// <param name="extra">Metrics to count beside the objective's own.</param>
    /// <param name="done">Is told how many batches are done, at the start and after each.</param>
    internal Scores Evaluate(DataLoader data, IReadOnlyList<IMetric> extra, Action<long>? done)
    {
        IMetric[] own = [.. Objective.Metrics.Select(metric => metric.Fresh())];
        IMetric[] metrics = [.. own, .. extra];
        try
        {
            using LossRecorder losses = new(Objective.LossNames, record: null);
            using IDisposable? averages = Averages?.InPlace();
            long batches = 0;
            done?.Invoke(batches);
            ForEachBatch(Share(data), batch =>
            {
                losses.Add(Objective.EvaluateStep(batch, metrics), batch, step: 0, epoch: 0, number: 0);
                batches += Options.Together?.Size ?? 1;
                done?.Invoke(Math.Min(batches, data.BatchesPerEpoch));
            });
            losses.Flush();
            (double[] sums, long samples) = losses.Totals(Options.Together);
            if (Options.Together is { } group) Array.ForEach(metrics, metric => metric.Reduce(group));
            return ScoresOf(Objective.LossNames, [.. sums.Select(sum => sum / samples)], metrics);
        }
        finally
        {
            foreach (IMetric metric in own) metric.Dispose();
        }
    }

    /// <summary>Judges the networks by data that nothing was chosen by, shows how far it is, and says what came of it.</summary>
    /// <param name="data">The test set.</param>
    /// <param name="checkpoint">
    /// A checkpoint whose weights the networks are given first, or a folder of them, of which the best is taken (the newest where none was
    /// validated). Without one the networks are judged as they are.
    /// </param>
    /// <param name="extra">Metrics to count beside the objective's own; they can be read afterwards.</param>
    /// <returns>The losses, averaged over the samples, and the metrics.</returns>
    /// <exception cref="CheckpointException">There is no checkpoint, it is damaged, or it does not fit the networks.</exception>
    public Scores Test(DataLoader data, string? checkpoint = null, params IReadOnlyList<IMetric> extra)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(extra);
        ITrainingDisplay display = OpenDisplay();
        if (checkpoint is not null) GiveWeights(checkpoint, display);

        TrainingProgress progress = new() { SampleNoun = data.Dataset.SampleNoun };
        long start = Stopwatch.GetTimestamp(), shown = 0;
        Scores? scores = null;
        display.Run(() => scores = Evaluate(data, extra, batch =>
        {
            if (Stopwatch.GetElapsedTime(shown) <= display.Between) return;
            progress.Evaluating = new EvaluationProgress("testing", batch, data.BatchesPerEpoch);
            display.Show(progress);
            shown = Stopwatch.GetTimestamp();
        }));
        progress.Scores = scores!;
        display.Say(new TrainingTable(progress.SampleNoun).Test(scores!, data.SamplesPerEpoch, Stopwatch.GetElapsedTime(start)));
        return scores!;
    }

    /// <summary>What the network says to data, in evaluation mode and without recording gradients.</summary>
    /// <param name="data">The data, in an order of its own: without a sampler, from first to last.</param>
    /// <returns>The outputs for all samples, one after another, in the machine's own memory. The caller disposes them.</returns>
    /// <exception cref="NotSupportedException">The objective does not say what a prediction is.</exception>
    public Tensor Predict(DataLoader data)
    {
        ArgumentNullException.ThrowIfNull(data);
        using IDisposable? averages = Averages?.InPlace();
        List<Tensor> outputs = [];
        try
        {
            ForEachBatch(data, batch => outputs.Add(Objective.Predict(batch).cpu().DetachFromDisposeScope()));
            return cat(outputs);
        }
        finally
        {
            foreach (Tensor output in outputs) output.Dispose();
        }
    }

    internal static Scores ScoresOf(IReadOnlyList<string> lossNames, double[] losses, IEnumerable<IMetric> metrics) =>
        new([.. lossNames.Zip(losses, (name, mean) => new Score(name, mean, IsShare: false)), .. metrics.Select(metric => new Score(metric.Name, metric.Read(), metric.IsShare))]);

    private void GiveWeights(string checkpoint, ITrainingDisplay display)
    {
        string file = Directory.Exists(checkpoint) && new CheckpointFolder(checkpoint).Best is { } best ? best : checkpoint;
        using CheckpointState state = CheckpointFolder.Read(file);
        foreach ((string name, nn.Module network) in Objective.Networks) NetworkState.Load(state, network, name);
        display.Say($"With the weights of {state.Path}");
    }

    // What this process judges, with the buffers of the first; null where there are fewer samples than processes.
    private DataLoader? Share(DataLoader data)
    {
        if (Options.Together is not { } group) return data;
        group.Broadcast(Objective.Networks.SelectMany(n => n.Network.buffers()));
        if (data.Sampler is DistributedSampler) return data;
        EvaluationShare share = new(data.Sampler, group.Rank, group.Size);
        return share.Count == 0 ? null : data.With(share);
    }

    private void ForEachBatch(DataLoader? data, Action<Batch> action)
    {
        if (data is null) return;
        using NetworkModes modes = new(Objective);
        using var noGradient = no_grad();
        Device? device = Device;
        foreach (Batch near in data.Epoch(0))
        {
            using Batch batch = device is null ? near : near.To(device);
            using var scope = NewDisposeScope();
            action(batch);
        }
    }
}
