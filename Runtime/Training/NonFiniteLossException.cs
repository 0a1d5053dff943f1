namespace Dlm.Runtime.Training;

/// <summary>A loss became infinite or not a number, after which the parameters are of no use.</summary>
public sealed class NonFiniteLossException : Exception
{
    /// <summary>Makes the whole message.</summary>
    /// <param name="message">Which loss, at which step, with which samples, and what to do.</param>
    /// <param name="indices">The samples of the batch.</param>
    public NonFiniteLossException(string message, long[] indices)
        : base(message) => Indices = indices;

    /// <summary>The samples of the batch at which it happened.</summary>
    public long[] Indices { get; }
}
