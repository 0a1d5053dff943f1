using Dlm.Runtime.Checkpoints;
using Dlm.Runtime.Distributed;
using static TorchSharp.torch;

namespace Dlm.Runtime.Metrics;

/// <summary>The share of samples whose largest output is the right class. Outputs [B, classes, ...], targets int64 [B, ...], or shares of the classes, float [B, classes, ...], of which the largest counts.</summary>
/// <param name="dimension">The dimension of the output that has a score for each class.</param>
public sealed class Accuracy(int dimension = 1) : IMetric
{
    private readonly RunningSum _right = new();
    private long _count;

    /// <inheritdoc/>
    public string Name => "accuracy";

    /// <inheritdoc/>
    public bool IsShare => true;

    /// <inheritdoc/>
    public void Update(Tensor output, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(target);
        Tensor classes = target.is_floating_point() ? target.argmax(dimension) : target;
        _right.Add(output.argmax(dimension).eq(classes).sum());
        _count += classes.numel();
    }

    /// <inheritdoc/>
    public double Read() => _count == 0 ? double.NaN : _right.Read()[0] / (double)_count;

    /// <inheritdoc/>
    public void Reduce(ProcessGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        _right.Reduce(group);
        _count = group.Sum(_count)[0];
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _right.Reset();
        _count = 0;
    }

    /// <inheritdoc/>
    public IMetric Fresh() => new Accuracy(dimension);

    /// <inheritdoc/>
    public void Save(CheckpointState state, string prefix)
    {
        ArgumentNullException.ThrowIfNull(state);
        _right.Save(state, $"{prefix}/right");
        state.Set($"{prefix}/count", _count);
    }

    /// <inheritdoc/>
    public void Load(CheckpointState state, string prefix)
    {
        ArgumentNullException.ThrowIfNull(state);
        _right.Load(state, $"{prefix}/right");
        _count = state.Integer($"{prefix}/count");
    }

    /// <inheritdoc/>
    public void Dispose() => _right.Dispose();
}
