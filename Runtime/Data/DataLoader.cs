using Dlm.Runtime.Data.Transforms;
using static TorchSharp.torch;

namespace Dlm.Runtime.Data;

/// <summary>Cuts a data set into batches and prepares the next ones in the background while one is being worked on.</summary>
public sealed class DataLoader
{
    private readonly bool _dropLast;
    private readonly int _workers;
    private readonly int _prefetch;
    private readonly ITransform? _transform;

    /// <summary>Makes a loader; no thread starts before <see cref="Epoch"/>.</summary>
    /// <param name="dataset">The samples.</param>
    /// <param name="batchSize">How many samples a batch holds.</param>
    /// <param name="sampler">The order of the samples; without one, from first to last.</param>
    /// <param name="dropLast">Leave out the last batch of an epoch where it would be smaller than the others.</param>
    /// <param name="workers">How many threads prepare batches. With 0 the caller's own does, when it asks.</param>
    /// <param name="prefetch">How many batches may be ready before they are wanted: more smooth out uneven reading and cost memory.</param>
    /// <param name="transform">What is done to each batch once it is read, on the thread that read it.</param>
    /// <exception cref="ArgumentException">The sampler is made for batches of another size, or there is no batch at all.</exception>
    public DataLoader(IDataset dataset, int batchSize, ISampler? sampler = null, bool dropLast = false, int workers = 1, int prefetch = 4, ITransform? transform = null)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        ArgumentOutOfRangeException.ThrowIfNegative(workers);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(prefetch);
        (Dataset, BatchSize, Sampler) = (dataset, batchSize, sampler ?? new SequentialSampler(dataset.Count));
        (_dropLast, _workers, _prefetch, _transform) = (dropLast, workers, prefetch, transform);
        if (Sampler.BatchSize is { } expected && expected != batchSize)
        {
            throw new ArgumentException($"The sampler orders samples for batches of {expected}, and the loader cuts batches of {batchSize}. Give both the same.", nameof(batchSize));
        }

        BatchesPerEpoch = dropLast ? Sampler.Count / batchSize : (Sampler.Count + batchSize - 1) / batchSize;
        SamplesPerEpoch = dropLast ? BatchesPerEpoch * batchSize : Sampler.Count;
        if (BatchesPerEpoch == 0)
        {
            throw new ArgumentException(
                $"There is no batch: the sampler visits {Sampler.Count} samples and a batch takes {batchSize}{(dropLast ? ", smaller ones being dropped" : "")}.",
                nameof(dataset));
        }
    }

    /// <summary>The samples.</summary>
    public IDataset Dataset { get; }

    /// <summary>The order of the samples.</summary>
    public ISampler Sampler { get; }

    /// <summary>How many samples a batch holds; the last one of an epoch may hold fewer.</summary>
    public int BatchSize { get; }

    /// <summary>How many batches an epoch has.</summary>
    public long BatchesPerEpoch { get; }

    /// <summary>How many samples an epoch visits.</summary>
    public long SamplesPerEpoch { get; }

    /// <summary>Begins to prepare the batches of an epoch, in order.</summary>
    /// <param name="epoch">The epoch, counted from 0: with a shuffling sampler each has an order of its own.</param>
    /// <param name="firstBatch">How many batches to leave out at the start: those that a resumed run has seen.</param>
    public BatchStream Epoch(int epoch, long firstBatch = 0)
    {
        long[] order = Sampler.Order(epoch);
        return new BatchStream(number => Read(order, epoch, number), firstBatch, BatchesPerEpoch, _workers, _prefetch);
    }

    /// <summary>The same with another order of the samples.</summary>
    internal DataLoader With(ISampler sampler) => new(Dataset, BatchSize, sampler, _dropLast, _workers, _prefetch, _transform);

    /// <summary>Reads some samples as they are in an epoch, which the caller disposes.</summary>
    internal Batch Read(long[] indices, int epoch)
    {
        using var scope = NewDisposeScope();
        return Prepare(indices, epoch).DetachFromDisposeScope();
    }

    private Batch Read(long[] order, int epoch, long number)
    {
        int start = checked((int)(number * BatchSize));
        ReadOnlySpan<long> indices = order.AsSpan(start, Math.Min(BatchSize, order.Length - start));
        try
        {
            // The scope frees what the data set leaves behind, for dispose scopes belong to a thread and this one has none.
            using var scope = NewDisposeScope();
            return Prepare(indices, epoch).DetachFromDisposeScope();
        }
        catch (Exception e)
        {
            throw Explain(e, epoch, number, indices);
        }
    }

    private Batch Prepare(ReadOnlySpan<long> indices, int epoch)
    {
        Batch batch = Dataset.Read(indices);
        return _transform is null ? batch : _transform.Apply(batch, epoch);
    }

    // A data set reads whole batches and need not say which sample it failed at: read one by one, the first that fails is the one.
    private DataLoadingException Explain(Exception error, int epoch, long number, ReadOnlySpan<long> indices)
    {
        foreach (long index in indices)
        {
            try
            {
                using var scope = NewDisposeScope();
                Prepare([index], epoch).Dispose();
            }
            catch (Exception e)
            {
                return new DataLoadingException(epoch, number, indices.ToArray(), index, Dataset.SampleName(index), e);
            }
        }

        return new DataLoadingException(epoch, number, indices.ToArray(), null, null, error);
    }
}
