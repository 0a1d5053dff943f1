using Dlm.Runtime.Data;

namespace Dlm.Runtime.Training;

/// <summary>A loss, or its gradient, became infinite or not a number. The message says where that began, as far as it can be found out.</summary>
public sealed class NonFiniteLossException : Exception
{
    /// <summary>Makes the whole message.</summary>
    /// <param name="message">Which loss, at which step, with which samples, and what to do.</param>
    /// <param name="indices">The samples of the batch.</param>
    public NonFiniteLossException(string message, long[] indices)
        : base(message) => Indices = indices;

    /// <summary>The samples of the batch at which it happened.</summary>
    public long[] Indices { get; }

    /// <summary>The step at which it happened, counted from 1.</summary>
    public long Step { get; internal init; }

    /// <summary>The first module whose output was not finite, with its class: <c>'layers.fc' (Linear)</c>; null where there is none.</summary>
    public string? Module { get; internal init; }

    /// <summary>The first parameter that is not finite, or whose gradient is not; null where there is none.</summary>
    public string? Parameter { get; internal init; }

    /// <summary>Whether it was found out where it began; otherwise it is only known that it happened.</summary>
    internal bool IsExplained { get; init; }

    /// <summary>"The loss is not a number at step 4 (epoch 1, batch 4), whose batch holds the samples 3, 99, 12 and 61 more."</summary>
    internal static string Opening(string what, long step, int epoch, long batch, long[] indices) =>
        $"{what} at step {step} (epoch {epoch + 1}, batch {batch + 1}), whose batch holds the samples {IndexText.Of(indices)}.";
}
