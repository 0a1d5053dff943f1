using Dlm.Runtime.Data;
using Dlm.Runtime.Diagnosis;
using Dlm.Runtime.Distributed;
using static TorchSharp.torch;

namespace Dlm.Runtime.Training;

/// <summary>
/// Keeps the losses of the last batches on their device and reads them back together, when they are shown. So the device
/// is never waited for in between, and still every batch's loss is known in the end.
/// </summary>
/// <param name="names">The names of the losses.</param>
/// <param name="record">Where every batch's losses are appended, or null where only their mean is wanted.</param>
internal sealed class LossRecorder(IReadOnlyList<string> names, List<double>? record) : IDisposable
{
    private const int Largest = 128;
    private readonly List<(Tensor[] Losses, long[] Indices, long Step, int Epoch, long Batch)> _pending = [];
    private readonly double[] _sums = new double[names.Count];

    /// <summary>How many samples the mean is taken over.</summary>
    public long Samples { get; private set; }

    /// <summary>The mean of each loss over all samples since the start, as far as read back.</summary>
    public double[] Means => [.. _sums.Select(sum => sum / Samples)];

    /// <summary>The sums behind the means, for a checkpoint.</summary>
    public IReadOnlyList<double> Sums => _sums;

    /// <summary>Goes on from sums that a checkpoint kept.</summary>
    public void Restore(IReadOnlyList<double> sums, long samples)
    {
        for (int i = 0; i < _sums.Length; i++) _sums[i] = sums[i];
        Samples = samples;
    }

    /// <summary>The sums and the number of samples over all processes, as far as read back.</summary>
    public (double[] Sums, long Samples) Totals(ProcessGroup? group) =>
        group is null ? ([.. _sums], Samples) : (group.Sum([.. _sums]), group.Sum(Samples)[0]);

    /// <summary>How often losses were read back from their device.</summary>
    public long ReadBacks { get; private set; }

    /// <summary>Takes over the losses of one batch.</summary>
    public void Add(Tensor[] losses, Batch batch, long step, int epoch, long number)
    {
        if (losses.Length != names.Count) throw new InvalidOperationException($"The step gave {losses.Length} losses, where {names.Count} are named.");
        _pending.Add(([.. losses.Select(loss => loss.detach().DetachFromDisposeScope())], batch.Indices, step, epoch, number));
        if (_pending.Count == Largest) Flush();
    }

    /// <summary>Reads back what has been added since the last time.</summary>
    /// <exception cref="NonFiniteLossException">A loss is infinite or not a number, and every batch is recorded.</exception>
    public void Flush()
    {
        if (_pending.Count == 0) return;
        double[] values = ReadBack();
        for (int i = 0; i < _pending.Count; i++)
        {
            for (int n = 0; n < names.Count; n++)
            {
                double value = values[i * names.Count + n];
                if (record is not null && !double.IsFinite(value)) throw NonFinite(i, n, value);
                _sums[n] += value * _pending[i].Indices.Length;
                record?.Add(value);
            }

            Samples += _pending[i].Indices.Length;
        }

        Clear();
    }

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        Clear();
        Array.Clear(_sums);
        Samples = 0;
    }

    /// <summary>Frees what was not read back.</summary>
    public void Dispose() => Clear();

    private double[] ReadBack()
    {
        ReadBacks++;
        using var scope = NewDisposeScope();
        Tensor near = stack(_pending.SelectMany(pending => pending.Losses)).to(ScalarType.Float64).cpu();
        return near.ToArray<double>();
    }

    private void Clear()
    {
        foreach (Tensor loss in _pending.SelectMany(pending => pending.Losses)) loss.Dispose();
        _pending.Clear();
    }

    private NonFiniteLossException NonFinite(int index, int name, double value)
    {
        var (_, indices, step, epoch, batch) = _pending[index];
        Clear();
        string opening = NonFiniteLossException.Opening($"The {names[name]} is {FiniteNumbers.NameOf(value)}", step, epoch, batch, indices);
        return new NonFiniteLossException(opening, indices) { Step = step };
    }
}
