using Dlm.Runtime.Checkpoints;
using Dlm.Runtime.Distributed;
using static TorchSharp.torch;

namespace Dlm.Runtime.Metrics;

/// <summary>How often each class was taken for each. Outputs [B, classes], targets int64 [B].</summary>
/// <param name="classes">How many classes there are.</param>
public sealed class ConfusionMatrix(int classes) : IMetric
{
    private readonly RunningSum _counts = new();

    /// <summary>"balanced accuracy": the mean over the classes of the share that was recognised.</summary>
    public string Name => "balanced accuracy";

    /// <inheritdoc/>
    public bool IsShare => true;

    /// <inheritdoc/>
    public void Update(Tensor output, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(target);
        _counts.Add(bincount(target.mul(classes).add_(output.argmax(1)), minlength: classes * classes));
    }

    /// <summary>Reads the counts back: the row is the true class, the column what it was taken for.</summary>
    public long[,] ReadCounts()
    {
        long[,] counts = new long[classes, classes];
        long[] values = _counts.Read();
        for (int i = 0; i < values.Length; i++) counts[i / classes, i % classes] = values[i];
        return counts;
    }

    /// <inheritdoc/>
    public double Read()
    {
        long[,] counts = ReadCounts();
        double sum = 0;
        int seen = 0;
        for (int row = 0; row < classes; row++)
        {
            long all = Enumerable.Range(0, classes).Sum(column => counts[row, column]);
            if (all == 0) continue;
            sum += counts[row, row] / (double)all;
            seen++;
        }

        return sum / seen;
    }

    /// <inheritdoc/>
    public void Reduce(ProcessGroup group) => _counts.Reduce(group);

    /// <inheritdoc/>
    public void Reset() => _counts.Reset();

    /// <inheritdoc/>
    public IMetric Fresh() => new ConfusionMatrix(classes);

    /// <inheritdoc/>
    public void Save(CheckpointState state, string prefix) => _counts.Save(state, $"{prefix}/counts");

    /// <inheritdoc/>
    public void Load(CheckpointState state, string prefix) => _counts.Load(state, $"{prefix}/counts");

    /// <inheritdoc/>
    public void Dispose() => _counts.Dispose();
}
