using Dlm.Runtime.Data;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Data;

/// <summary>Sample i is the number i. It can fail at a sample, and it can be held up.</summary>
internal sealed class CountingDataset(long count, long failAt = -1) : IDataset
{
    private int _reads;

    /// <summary>Closed, reading waits.</summary>
    public ManualResetEventSlim Gate { get; } = new(initialState: true);

    /// <summary>How many batches have been read.</summary>
    public int Reads => Volatile.Read(ref _reads);

    public long Count => count;

    public Batch Read(ReadOnlySpan<long> indices)
    {
        Gate.Wait();
        if (indices.Contains(failAt)) throw new InvalidOperationException($"Sample {failAt} is damaged.");
        Interlocked.Increment(ref _reads);

        // The intermediate tensor is left to the loader's scope.
        Tensor numbers = tensor(indices.ToArray());
        return new Batch(indices, (Batch.InputName, numbers + 0));
    }
}
