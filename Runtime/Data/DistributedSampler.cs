namespace Dlm.Runtime.Data;

/// <summary>
/// The share of one process among several that train together: of another sampler's order every <c>world</c>-th sample, as
/// PyTorch's <c>DistributedSampler</c> has it. So batch k of all processes together is batch k of a single process whose
/// batches are <c>world</c> times as large.
/// </summary>
/// <remarks>
/// Every process visits equally many samples, for those with fewer would leave the others waiting: the order is filled up
/// from its beginning, or with <c>dropLast</c> cut. Every process must be given the same order: the same sampler, the same seed.
/// </remarks>
public sealed class DistributedSampler : ISampler
{
    private readonly ISampler _whole;
    private readonly int _rank;
    private readonly int _world;

    /// <summary>Takes the share of process <paramref name="rank"/> from <paramref name="whole"/>.</summary>
    /// <param name="whole">The order that a single process would follow.</param>
    /// <param name="rank">Which process this is, counted from 0.</param>
    /// <param name="world">How many there are.</param>
    /// <param name="dropLast">Leave out what does not divide evenly, rather than visiting the first samples twice.</param>
    /// <exception cref="ArgumentException">There is no such process, no sample for each, or batches that cannot be shared evenly.</exception>
    public DistributedSampler(ISampler whole, int rank, int world, bool dropLast = false)
    {
        ArgumentNullException.ThrowIfNull(whole);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(world);
        if (rank < 0 || rank >= world) throw new ArgumentOutOfRangeException(nameof(rank), rank, $"Of {world} processes the ranks are 0 to {world - 1}.");
        if (whole.BatchSize % world is > 0)
        {
            throw new ArgumentException($"The order is made for batches of {whole.BatchSize}, which {world} processes cannot share evenly. Give it a multiple of {world}.", nameof(whole));
        }

        (_whole, _rank, _world) = (whole, rank, world);
        Count = dropLast ? whole.Count / world : (whole.Count + world - 1) / world;
        if (Count == 0) throw new ArgumentException($"{whole.Count} samples do not give one to each of {world} processes.", nameof(whole));
    }

    /// <inheritdoc/>
    public long Count { get; }

    /// <summary>The share of this process in the batches that the whole order is made for.</summary>
    public int? BatchSize => _whole.BatchSize / _world;

    /// <summary>The state of the whole order: every process has the same.</summary>
    public string State { get => _whole.State; set => _whole.State = value; }

    /// <inheritdoc/>
    public long[] Order(int epoch)
    {
        long[] whole = _whole.Order(epoch);
        long[] share = new long[Count];
        for (long i = 0; i < share.Length; i++) share[i] = whole[(_rank + i * _world) % whole.Length];
        return share;
    }
}
