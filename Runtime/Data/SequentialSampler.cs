namespace Dlm.Runtime.Data;

/// <summary>Visits every sample once, from first to last: for validation, testing and prediction.</summary>
/// <param name="count">How many samples there are.</param>
public sealed class SequentialSampler(long count) : ISampler
{
    /// <inheritdoc/>
    public long Count => count;

    /// <summary>Always empty: nothing can vary.</summary>
    public string State { get => ""; set { } }

    /// <inheritdoc/>
    public long[] Order(int epoch)
    {
        long[] order = new long[count];
        for (int i = 0; i < order.Length; i++) order[i] = i;
        return order;
    }
}
