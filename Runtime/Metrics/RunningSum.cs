using Dlm.Runtime.Checkpoints;
using Dlm.Runtime.Data;
using Dlm.Runtime.Distributed;
using static TorchSharp.torch;

namespace Dlm.Runtime.Metrics;

/// <summary>A sum of int64 tensors of one shape that stays on their device until it is read.</summary>
public sealed class RunningSum : IDisposable
{
    private Tensor? _sum;

    /// <summary>Adds <paramref name="value"/>, which remains the caller's.</summary>
    public void Add(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Tensor sum = _sum is null ? value.clone() : value.add(_sum.to(value.device));
        _sum?.Dispose();
        _sum = sum.DetachFromDisposeScope();
    }

    /// <summary>Reads the sum back, flattened; empty where nothing was added.</summary>
    public long[] Read()
    {
        if (_sum is null) return [];
        using Tensor near = _sum.cpu();
        return near.ToArray<long>();
    }

    /// <summary>Adds the sums of all processes, so that each has the whole; one that has added nothing counts as zeros.</summary>
    public void Reduce(ProcessGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        long[] mine = Read();
        long length = group.Max(mine.Length);
        if (group.Size == 1 || length == 0) return;
        using Tensor whole = tensor(group.Sum(mine.Length > 0 ? mine : new long[length]));
        Tensor sum = _sum is null ? whole.alias() : whole.reshape(_sum.shape).to(_sum.device);
        _sum?.Dispose();
        _sum = sum.DetachFromDisposeScope();
    }

    /// <summary>Back to nothing.</summary>
    public void Reset()
    {
        _sum?.Dispose();
        _sum = null;
    }

    /// <summary>Writes the sum under <paramref name="key"/>, if anything was added.</summary>
    public void Save(CheckpointState state, string key)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (_sum is not null) state.Add(key, _sum);
    }

    /// <summary>Takes up what <see cref="Save"/> wrote.</summary>
    public void Load(CheckpointState state, string key)
    {
        ArgumentNullException.ThrowIfNull(state);
        Reset();
        if (state.Has(key)) _sum = state.Tensor(key).clone().DetachFromDisposeScope();
    }

    /// <summary>Frees the sum.</summary>
    public void Dispose() => Reset();
}
