using Dlm.Runtime.Checkpoints;
using Dlm.Runtime.Data;
using Dlm.Runtime.Distributed;

namespace Dlm.Runtime.Training;

/// <summary>The training data of a run: the whole of it, and what of it this process goes through.</summary>
internal sealed class DataShare
{
    private readonly int _accumulate;

    public DataShare(DataLoader whole, ProcessGroup? group, int accumulate)
    {
        (Whole, Processes, _accumulate) = (whole, group?.Size ?? 1, accumulate);
        Loader = whole;
        if (group is null || whole.Sampler is DistributedSampler) return;
        if (whole.Sampler.BatchSize is { } size)
        {
            throw new ArgumentException(
                $"The sampler orders samples for batches of {size}, so that its order cannot be shared among {Processes} processes. Make it for batches of {size * Processes} and give the loader new DistributedSampler(sampler, group.Rank, group.Size).",
                nameof(whole));
        }

        Loader = whole.With(new DistributedSampler(whole.Sampler, group.Rank, group.Size));
    }

    /// <summary>As the user gave it.</summary>
    public DataLoader Whole { get; }

    /// <summary>What this process goes through.</summary>
    public DataLoader Loader { get; }

    /// <summary>How many processes share it.</summary>
    public int Processes { get; }

    // A loader that the user shared out himself does not know the whole.
    private long Samples => Loader == Whole ? Whole.SamplesPerEpoch * Processes : Whole.SamplesPerEpoch;

    /// <summary>How many samples all processes together take at once.</summary>
    public int BatchSize => Loader.BatchSize * Processes;

    /// <summary>Writes where the run stands in the data.</summary>
    public void Save(CheckpointState state, TrainingProgress progress)
    {
        state.Set("data/samples", Samples);
        state.Set("data/batch_size", BatchSize);
        state.Set("data/processes", Processes);
        state.Set("data/accumulate", _accumulate);
        state.Set("data/sampler", Loader.Sampler.State);
        state.Set("progress/epoch", progress.Epoch);
        state.Set("progress/batch", progress.Batch);
        state.Set("progress/step", progress.Step);
    }

    /// <summary>Goes on where the run stood, with as many processes or with others.</summary>
    public void Load(CheckpointState state, TrainingProgress progress)
    {
        long processes = state.Has("data/processes") ? state.Integer("data/processes") : 1, batchSize = state.Integer("data/batch_size");
        RequireSame(state, "data/accumulate", _accumulate, "batches for an update");
        RequireSame(state, "data/samples", Samples, "samples in an epoch");
        if (processes == Processes) RequireSame(state, "data/batch_size", BatchSize, "samples in a batch");
        Loader.Sampler.State = state.Text("data/sampler");
        progress.Epoch = (int)state.Integer("progress/epoch");
        progress.Step = state.Integer("progress/step");

        // Batches of another size: go on at the last one that begins where an update does, so that no sample is left out.
        long batch = state.Integer("progress/batch") * batchSize / BatchSize;
        progress.Batch = batch - batch % _accumulate;
    }

    private static void RequireSame(CheckpointState state, string key, long actual, string what)
    {
        long saved = state.Integer(key);
        if (saved != actual) throw state.Error($"its run had {saved} {what}, and this one has {actual}", "Set the same to go on from it, or start afresh.");
    }
}
