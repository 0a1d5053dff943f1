namespace Dlm.Runtime.Data;

/// <summary>A data set failed to read a batch. Thrown where the batch was wanted, whichever thread read it.</summary>
public sealed class DataLoadingException : Exception
{
    /// <summary>Names the batch, the sample at fault and what went wrong.</summary>
    /// <param name="epoch">The epoch, counted from 0.</param>
    /// <param name="batch">The batch in the epoch, counted from 0.</param>
    /// <param name="indices">The samples it should hold.</param>
    /// <param name="sample">The sample at fault; null where each can be read, and only all of them together cannot.</param>
    /// <param name="sampleName">What the data set calls it.</param>
    /// <param name="inner">What the data set threw.</param>
    public DataLoadingException(int epoch, long batch, long[] indices, long? sample, string? sampleName, Exception inner)
        : base(
            $"Batch {batch + 1} of epoch {epoch + 1} could not be read"
                + (sample is null ? $": {inner?.Message} It holds the samples {IndexText.Of(indices)}." : $", because of {Described(sample.Value, sampleName)}: {inner?.Message}"),
            inner)
    {
        (Indices, Sample) = (indices, sample);
    }

    /// <summary>The samples that were to be read.</summary>
    public long[] Indices { get; }

    /// <summary>The sample at fault, or null where it is not known.</summary>
    public long? Sample { get; }

    private static string Described(long sample, string? name) => name is null || name.EndsWith($"sample {sample}", StringComparison.Ordinal) ? $"sample {sample}" : $"{name} (sample {sample})";
}
