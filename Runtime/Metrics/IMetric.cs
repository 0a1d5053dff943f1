using Dlm.Runtime.Checkpoints;
using Dlm.Runtime.Distributed;
using static TorchSharp.torch;

namespace Dlm.Runtime.Metrics;

/// <summary>Something counted over many batches, on the device, and read back only when it is shown.</summary>
public interface IMetric : IDisposable
{
    /// <summary>The name it is shown under.</summary>
    string Name { get; }

    /// <summary>Whether the value is a share of 1, shown in per cent.</summary>
    bool IsShare => false;

    /// <summary>Whether a larger value is a better one: by it the best checkpoint is chosen, and a run is stopped early.</summary>
    bool HigherIsBetter => true;

    /// <summary>Counts one batch. Gradients are not recorded; temporaries need no disposal; nothing is read back.</summary>
    /// <param name="output">What the network said.</param>
    /// <param name="target">What it should have said.</param>
    void Update(Tensor output, Tensor target);

    /// <summary>Reads the value back from the device; NaN before the first batch.</summary>
    double Read();

    /// <summary>Adds up what several processes have counted, so that afterwards each has counted all of it. All call it at the same point.</summary>
    /// <exception cref="NotSupportedException">The metric cannot do that.</exception>
    void Reduce(ProcessGroup group) =>
        throw new NotSupportedException($"The metric '{Name}' cannot be counted over several processes, as it has no Reduce. Give {GetType().Name} one, or leave it out.");

    /// <summary>Forgets what was counted.</summary>
    void Reset();

    /// <summary>One of the same kind that has counted nothing: training and validation count apart.</summary>
    IMetric Fresh();

    /// <summary>Writes what was counted, so that a run resumed in the middle of an epoch shows the same at its end.</summary>
    void Save(CheckpointState state, string prefix);

    /// <summary>Takes up what <see cref="Save"/> wrote.</summary>
    void Load(CheckpointState state, string prefix);
}
