using TorchSharp;
using static TorchSharp.torch;

namespace Dlm.Runtime.Optimizers.Flat;

/// <summary>Flat parameters with the buffers that an optimizer keeps beside them.</summary>
internal sealed class FlatPart : IDisposable
{
    // The operations of one step over one slice find it in the processor's cache, so that a step reads and writes memory
    // about once. It is also the length up to which libtorch does not share an operation among its threads: for a small
    // network that costs more than it brings, and for a large one whole slices are shared out instead.
    private const long SliceOnCpu = 1 << 15;

    private readonly Dictionary<(int First, int End), FlatSlice[]> _slices = [];

    public FlatPart(FlatParameters parameters, int buffers)
    {
        Parameters = parameters;
        State = [.. Enumerable.Range(0, buffers).Select(_ => parameters.NewBuffer())];
    }

    public FlatParameters Parameters { get; }

    /// <summary>The optimizer's buffers, in the order of <see cref="Optimizer.StateNames"/>.</summary>
    public IReadOnlyList<Tensor> State { get; }

    /// <summary>A run of parameters with their gathered gradients, in stretches that are updated one after another.</summary>
    /// <param name="run">The run.</param>
    /// <param name="whole">Whether the run must stay in one piece.</param>
    public FlatSlice[] Slices(FlatRun run, bool whole)
    {
        if (_slices.TryGetValue((run.First, run.End), out FlatSlice[]? known)) return known;
        if (_slices.Count > 2 * Parameters.Names.Count) DisposeSlices(); // runs that change from step to step

        Tensor gradients = Parameters.Gradients.Buffer;
        long end = Parameters.Starts[run.End];
        long length = whole || Parameters.Device.type != DeviceType.CPU ? Parameters.Count : SliceOnCpu;
        List<FlatSlice> slices = [];
        for (long start = Parameters.Starts[run.First]; start < end; start += length)
        {
            slices.Add(new FlatSlice(Parameters.Values, gradients, State, start, Math.Min(length, end - start)));
        }

        return _slices[(run.First, run.End)] = [.. slices];
    }

    /// <summary>Takes over what earlier parts held for parameters of the same names.</summary>
    public void Inherit(IReadOnlyList<FlatPart> old)
    {
        using var noGradient = no_grad();
        Dictionary<string, int> places = Parameters.Names.Index().ToDictionary(name => name.Item, name => name.Index);
        foreach (FlatPart part in old)
        {
            for (int o = 0; o < part.Parameters.Names.Count; o++)
            {
                if (!places.TryGetValue(part.Parameters.Names[o], out int i)) continue;
                Parameters.Inherit(i, part.Parameters, o);
                for (int s = 0; s < State.Count; s++)
                {
                    using Tensor mine = Parameters.View(State[s], i), before = part.Parameters.View(part.State[s], o);
                    mine.copy_(before);
                }
            }
        }
    }

    public void Dispose()
    {
        DisposeSlices();
        foreach (Tensor buffer in State) buffer.Dispose();
        Parameters.Dispose();
    }

    private void DisposeSlices()
    {
        foreach (FlatSlice slice in _slices.Values.SelectMany(slices => slices)) slice.Dispose();
        _slices.Clear();
    }
}
