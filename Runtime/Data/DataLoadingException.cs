namespace Dlm.Runtime.Data;

/// <summary>A data set failed to read a batch. Thrown where the batch was wanted, whichever thread read it.</summary>
public sealed class DataLoadingException : Exception
{
    /// <summary>Names the batch, its samples and what went wrong.</summary>
    /// <param name="epoch">The epoch, counted from 0.</param>
    /// <param name="batch">The batch in the epoch, counted from 0.</param>
    /// <param name="indices">The samples it should hold.</param>
    /// <param name="inner">What the data set threw.</param>
    public DataLoadingException(int epoch, long batch, long[] indices, Exception inner)
        : base(
            $"Batch {batch + 1} of epoch {epoch + 1} could not be read: {inner?.Message} It holds the samples {IndexText.Of(indices)}.",
            inner)
    {
        Indices = indices;
    }

    /// <summary>The samples that were to be read.</summary>
    public long[] Indices { get; }
}
