using System.Globalization;

namespace Dlm.Runtime.Data;

/// <summary>Visits every sample once, in another random order each epoch, decided by a seed alone.</summary>
/// <param name="count">How many samples there are.</param>
/// <param name="seed">The same seed gives the same orders.</param>
public sealed class ShuffledSampler(long count, ulong seed) : ISampler
{
    /// <inheritdoc/>
    public long Count => count;

    /// <summary>The seed of the orders.</summary>
    public ulong Seed { get; private set; } = seed;

    /// <summary>The seed, in decimal.</summary>
    /// <exception cref="FormatException">The text set is not a seed.</exception>
    public string State
    {
        get => Seed.ToString(CultureInfo.InvariantCulture);
        set => Seed = ulong.Parse(value, CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public long[] Order(int epoch)
    {
        long[] order = new SequentialSampler(count).Order(epoch);
        new RandomStream(Seed, (ulong)epoch).Shuffle<long>(order);
        return order;
    }
}
