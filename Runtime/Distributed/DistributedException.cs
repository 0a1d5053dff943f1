namespace Dlm.Runtime.Distributed;

/// <summary>Processes that train together cannot meet, or cannot go on. The message says why and what to do.</summary>
public sealed class DistributedException : Exception
{
    /// <summary>Makes the whole message.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="inner">What the engine said.</param>
    public DistributedException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>
    /// Whether another process shows the message: the one that failed first, or the lowest of those that are left. A program that ends by
    /// this exception need not print it then.
    /// </summary>
    public bool SaidElsewhere { get; init; }
}
