using System.Runtime.CompilerServices;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Dlm.Runtime.Optimizers;

/// <summary>
/// Parameters of one type on one device, laid one after another in one buffer, their gradients in a second. Each parameter
/// becomes a view of its stretch: its name, shape and identity stay, and one operation reaches all of them.
/// </summary>
/// <remarks>
/// Gradients are views as well, because libtorch adds to a gradient that is already there. A gradient that someone removed
/// or replaced (<c>module.zero_grad()</c>) is copied in by <see cref="GatherGradients"/> and made a view again.
/// </remarks>
public sealed class FlatParameters : IDisposable
{
    // Who holds a parameter's values now: a later optimizer over the same parameter takes them away from the earlier one.
    private static readonly ConditionalWeakTable<Parameter, FlatParameters> Owners = [];

    private readonly string[] _names;
    private readonly Parameter[] _parameters;
    private readonly Tensor[] _gradients;
    private readonly long[] _offsets;
    private readonly long[][] _shapes;

    /// <summary>Moves the values of <paramref name="parameters"/> into one buffer.</summary>
    /// <param name="parameters">Parameters of the same type on the same device, each once.</param>
    internal FlatParameters(IReadOnlyList<(string Name, Parameter Parameter)> parameters)
    {
        _names = [.. parameters.Select(p => p.Name)];
        _parameters = [.. parameters.Select(p => p.Parameter)];
        _gradients = new Tensor[_parameters.Length];
        _offsets = new long[_parameters.Length];
        _shapes = [.. _parameters.Select(parameter => parameter.shape)];

        for (int i = 0; i < _parameters.Length; i++)
        {
            _offsets[i] = Count;
            Count += _parameters[i].numel();
        }

        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        Values = NewBuffer();
        Gradients = NewBuffer();
        for (int i = 0; i < _parameters.Length; i++)
        {
            Tensor value = View(Values, i);
            value.copy_(_parameters[i]);
            _parameters[i].set_(value);
            Owners.AddOrUpdate(_parameters[i], this);
            _gradients[i] = View(Gradients, i).DetachFromDisposeScope();
            AdoptGradient(i);
        }
    }

    /// <summary>All values, [Count].</summary>
    public Tensor Values { get; }

    /// <summary>All gradients, [Count].</summary>
    public Tensor Gradients { get; }

    /// <summary>How many numbers there are.</summary>
    public long Count { get; }

    /// <summary>The parameters' names, in the order in which they lie in the buffer.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>A buffer of zeros that lies beside <see cref="Values"/>: an optimizer's state. The caller disposes it.</summary>
    public Tensor NewBuffer() => zeros([Count], dtype: _parameters[0].dtype, device: _parameters[0].device).DetachFromDisposeScope();

    /// <summary>The stretch of <paramref name="buffer"/> that belongs to parameter <paramref name="index"/>, in the parameter's shape.</summary>
    public Tensor View(Tensor buffer, int index)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        using Tensor stretch = buffer.narrow(0, _offsets[index], Length(index));
        return stretch.view(_shapes[index]);
    }

    /// <summary>Sees to it that <see cref="Gradients"/> holds every parameter's gradient.</summary>
    /// <exception cref="InvalidOperationException">A parameter's values are no longer in this buffer: its module was moved, or another optimizer took it over.</exception>
    internal void GatherGradients(string optimizer)
    {
        for (int i = 0; i < _parameters.Length; i++)
        {
            if (_parameters[i].IsInvalid) throw Replaced(optimizer, _names[i]);
            if (!Owners.TryGetValue(_parameters[i], out FlatParameters? owner) || owner != this) throw TakenOver(optimizer, _names[i]);
            using Tensor? gradient = _parameters[i].grad;
            if (gradient is not null && IsSame(gradient, _gradients[i])) continue;

            using var noGradient = no_grad();
            if (gradient is null) _gradients[i].zero_();
            else _gradients[i].copy_(gradient);
            AdoptGradient(i);
        }
    }

    /// <summary>Frees the buffers' handles; the parameters keep their values.</summary>
    public void Dispose()
    {
        foreach (Parameter parameter in _parameters)
        {
            if (Owners.TryGetValue(parameter, out FlatParameters? owner) && owner == this) Owners.Remove(parameter);
        }

        foreach (Tensor gradient in _gradients) gradient.Dispose();
        Values.Dispose();
        Gradients.Dispose();
    }

    private void AdoptGradient(int index) => _parameters[index].grad = _gradients[index];

    private long Length(int index) => (index + 1 < _offsets.Length ? _offsets[index + 1] : Count) - _offsets[index];

    private static InvalidOperationException Replaced(string optimizer, string name) =>
        new($"{optimizer} cannot step: parameter '{name}' was replaced after {optimizer} was made, as moving a module does "
            + "('to', 'cuda', 'half'). Move the module first and make the optimizer afterwards.");

    private static InvalidOperationException TakenOver(string optimizer, string name) =>
        new($"{optimizer} cannot step: parameter '{name}' belongs to another optimizer, made later. "
            + "Make one optimizer with a group for each set of parameters, or dispose the earlier one.");

    // A handle points to an at::Tensor, which is nothing but a pointer to the tensor: equal pointers, one and the same tensor.
    private static unsafe bool IsSame(Tensor left, Tensor right) => *(nint*)left.Handle == *(nint*)right.Handle;
}
