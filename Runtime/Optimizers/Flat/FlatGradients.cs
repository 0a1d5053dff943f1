using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Dlm.Runtime.Optimizers.Flat;

/// <summary>
/// The gradients of flat parameters. Backward makes each where it likes; <see cref="Gather"/> brings them into one buffer, for whatever
/// needs them in one piece.
/// </summary>
/// <param name="part">The parameters.</param>
internal sealed class FlatGradients(FlatParameters part) : IDisposable
{
    private Tensor? _buffer;
    private Tensor[] _views = [];

    // Gradients of 16 bits cannot be views of a buffer of 32: once gathered, the buffer is what counts until the next step.
    private bool[]? _gathered;

    /// <summary>The gradient of every parameter, as backward left it; null where the loss did not reach it. The caller disposes them.</summary>
    public Tensor?[] Take()
    {
        Tensor?[] gradients = new Tensor?[part.Parameters.Count];
        for (int i = 0; i < gradients.Length; i++)
        {
            gradients[i] = _gathered is null ? part.Parameters[i].grad : _gathered[i] ? _views[i].alias() : null;
        }

        return gradients;
    }

    /// <summary>Where gradients are gathered, [Count]; made when it is first asked for.</summary>
    public Tensor Buffer
    {
        get
        {
            if (_buffer is not null) return _buffer;
            _buffer = part.NewBuffer();
            _views = [.. Enumerable.Range(0, part.Parameters.Count).Select(i => part.View(_buffer, i).DetachFromDisposeScope())];
            return _buffer;
        }
    }

    /// <summary>Brings all gradients into one buffer, of the type of the values, with zeros where there are none.</summary>
    public Tensor Gather()
    {
        using var noGradient = no_grad();
        Tensor buffer = Buffer;
        if (_gathered is not null) return buffer;
        bool[] reached = new bool[part.Parameters.Count];
        for (int i = 0; i < reached.Length; i++)
        {
            Parameter parameter = part.Parameters[i];
            using Tensor? gradient = parameter.grad;
            reached[i] = gradient is not null;
            if (gradient is null) _views[i].zero_();
            else if (!IsSame(gradient, _views[i]))
            {
                _views[i].copy_(gradient);
                if (!part.IsRounded) parameter.grad = _views[i];
            }
        }

        if (part.IsRounded) _gathered = reached;
        return buffer;
    }

    /// <summary>The step is made: what backward leaves next counts.</summary>
    public void Forget() => _gathered = null;

    /// <summary>Takes every gradient away.</summary>
    public void Clear()
    {
        Forget();
        foreach (Parameter parameter in part.Parameters) parameter.grad = null;
    }

    public void Dispose()
    {
        foreach (Tensor view in _views) view.Dispose();
        _buffer?.Dispose();
    }

    // A handle points to an at::Tensor, which is nothing but a pointer to the tensor: equal pointers, one and the same tensor.
    private static unsafe bool IsSame(Tensor left, Tensor right) => *(nint*)left.Handle == *(nint*)right.Handle;
}
