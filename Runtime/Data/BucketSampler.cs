namespace Dlm.Runtime.Data;

/// <summary>
/// Visits every sample once, those of similar length in one batch, so that little of a batch is padding; the batches come in a
/// random order and hold other samples each epoch, decided by a seed alone.
/// </summary>
/// <remarks>
/// The shuffled samples are taken by pools of some batches, each pool is sorted by length and cut. A larger pool makes batches
/// more even and less random.
/// </remarks>
public sealed class BucketSampler : ISampler
{
    private readonly int[] _lengths;
    private readonly int _batchSize;
    private readonly int _pool;
    private readonly ShuffledSampler _shuffled;

    /// <summary>Makes the order for batches of <paramref name="batchSize"/>.</summary>
    /// <param name="lengths">The length of each sample.</param>
    /// <param name="batchSize">How many samples a batch will hold.</param>
    /// <param name="seed">The same seed gives the same orders.</param>
    /// <param name="pool">How many batches are sorted together.</param>
    public BucketSampler(IReadOnlyList<int> lengths, int batchSize, ulong seed, int pool = 100)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pool);
        (_lengths, _batchSize, _pool, _shuffled) = ([.. lengths], batchSize, pool, new ShuffledSampler(lengths.Count, seed));
    }

    /// <inheritdoc/>
    public long Count => _lengths.Length;

    /// <inheritdoc/>
    public int? BatchSize => _batchSize;

    /// <summary>The seed, in decimal.</summary>
    public string State { get => _shuffled.State; set => _shuffled.State = value; }

    /// <inheritdoc/>
    public long[] Order(int epoch)
    {
        long[] shuffled = _shuffled.Order(epoch);

        // What is over is left out before sorting: otherwise it would always be the longest that end in the small batch, or are dropped.
        int whole = shuffled.Length / _batchSize * _batchSize;
        List<long[]> batches = [];
        foreach (long[] pool in shuffled.Take(whole).Chunk(checked(_pool * _batchSize))) batches.AddRange(pool.OrderBy(Length).Chunk(_batchSize));
        new RandomStream(_shuffled.Seed, ~(ulong)epoch).Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(batches));
        return [.. batches.SelectMany(batch => batch), .. shuffled.Skip(whole).OrderBy(Length)];
    }

    private int Length(long sample) => _lengths[sample];
}
