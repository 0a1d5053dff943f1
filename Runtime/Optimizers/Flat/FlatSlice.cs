using static TorchSharp.torch;

namespace Dlm.Runtime.Optimizers.Flat;

/// <summary>A stretch of a flat buffer of parameters, of their gradients and of the optimizer's state: views, all of one length.</summary>
public sealed class FlatSlice : IDisposable
{
    internal FlatSlice(Tensor values, Tensor gradients, IReadOnlyList<Tensor> state, long start, long length)
    {
        Values = Stretch(values);
        Gradients = Stretch(gradients);
        State = [.. state.Select(Stretch)];

        Tensor Stretch(Tensor buffer) => buffer.narrow(0, start, length).DetachFromDisposeScope();
    }

    /// <summary>The parameters' values.</summary>
    public Tensor Values { get; }

    /// <summary>Their gradients.</summary>
    public Tensor Gradients { get; }

    /// <summary>The optimizer's state, in the order of <see cref="Optimizer.StateNames"/>.</summary>
    public IReadOnlyList<Tensor> State { get; }

    /// <summary>Frees the views, not what they look at.</summary>
    public void Dispose()
    {
        Values.Dispose();
        Gradients.Dispose();
        foreach (Tensor state in State) state.Dispose();
    }
}
