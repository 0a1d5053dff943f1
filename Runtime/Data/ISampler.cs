namespace Dlm.Runtime.Data;

/// <summary>Says in which order a <see cref="DataLoader"/> visits the samples of a data set.</summary>
/// <remarks>
/// The order of an epoch depends on nothing but the sampler's <see cref="State"/> and the epoch's number, so that a run
/// can be resumed in the middle of an epoch, however far ahead batches were already being prepared.
/// </remarks>
public interface ISampler
{
    /// <summary>How many samples an epoch visits.</summary>
    long Count { get; }

    /// <summary>The only size of batches that the order makes sense for, or null where any will do.</summary>
    int? BatchSize => null;

    /// <summary>What a checkpoint must keep so that <see cref="Order"/> gives the same again: a seed, for example.</summary>
    string State { get; set; }

    /// <summary>The indices of the samples in the order in which epoch <paramref name="epoch"/> (counted from 0) visits them.</summary>
    long[] Order(int epoch);
}
