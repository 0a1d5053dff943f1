using static TorchSharp.torch;

namespace Dlm.Runtime.Optimizers;

/// <summary>
/// A parameter group as an optimizer works on it: settings that may change from step to step, the parameters in flat
/// buffers, and the optimizer's state in buffers beside them.
/// </summary>
public sealed class FlatGroup : IDisposable
{
    // The operations of one step over one slice find it in the processor's cache, so that a step reads and writes memory
    // about once. It is also the length up to which libtorch does not share an operation among its threads: for a small
    // network that costs more than it brings, and for a large one whole slices are shared out instead.
    private const long SliceOnCpu = 1 << 15;

    private readonly List<FlatSlice> _slices = [];

    internal FlatGroup(IReadOnlyList<FlatParameters> parts, IReadOnlyList<string> stateNames, double rate, double weightDecay)
    {
        (Parts, Rate, WeightDecay) = (parts, rate, weightDecay);
        State = [.. parts.Select(part => stateNames.Select(_ => part.NewBuffer()).ToArray())];
        for (int i = 0; i < parts.Count; i++)
        {
            long length = parts[i].Values.device_type == TorchSharp.DeviceType.CPU ? SliceOnCpu : parts[i].Count;
            for (long start = 0; start < parts[i].Count; start += length)
            {
                _slices.Add(new FlatSlice(parts[i], State[i], start, Math.Min(length, parts[i].Count - start)));
            }
        }
    }

    /// <summary>The learning rate, before <see cref="Optimizer.RateFactor"/>.</summary>
    public double Rate { get; set; }

    /// <summary>The weight decay.</summary>
    public double WeightDecay { get; set; }

    /// <summary>The parameters: one buffer for each type and device among them, so usually one.</summary>
    public IReadOnlyList<FlatParameters> Parts { get; }

    /// <summary>For each part the optimizer's buffers, in the order of <see cref="Optimizer.StateNames"/>.</summary>
    internal IReadOnlyList<IReadOnlyList<Tensor>> State { get; }

    /// <summary>The same buffers in stretches that are updated one after another.</summary>
    internal IReadOnlyList<FlatSlice> Slices => _slices;

    /// <summary>Frees the buffers' handles; the parameters keep their values.</summary>
    public void Dispose()
    {
        foreach (FlatSlice slice in _slices) slice.Dispose();
        foreach (Tensor buffer in State.SelectMany(buffers => buffers)) buffer.Dispose();
        foreach (FlatParameters part in Parts) part.Dispose();
    }
}
