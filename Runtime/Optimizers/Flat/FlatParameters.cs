using System.Runtime.CompilerServices;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Dlm.Runtime.Optimizers.Flat;

/// <summary>
/// Parameters of one type on one device, laid one after another in one buffer. Each parameter becomes a view of its stretch: its
/// name, shape and identity stay, and one operation reaches all of them.
/// </summary>
/// <remarks>
/// Parameters of 16 bits are views of a buffer of their own type, which is a rounded copy of <see cref="Values"/>: what an
/// optimizer steps are always numbers of at least 32 bits (the master weights of Micikevicius et al., 2018, section 3.1).
/// </remarks>
public sealed class FlatParameters : IDisposable
{
    // Who holds a parameter's values now: a later optimizer over the same parameter takes them away from the earlier one.
    private static readonly ConditionalWeakTable<Parameter, FlatParameters> Owners = [];

    private readonly string[] _names;
    private readonly Parameter[] _parameters;
    private readonly long[] _starts;
    private readonly long[][] _shapes;
    private readonly Tensor? _rounded;

    /// <summary>Moves the values of <paramref name="parameters"/> into one buffer.</summary>
    /// <param name="parameters">Parameters of the same type on the same device, each once.</param>
    internal FlatParameters(IReadOnlyList<(string Name, Parameter Parameter)> parameters)
    {
        _names = [.. parameters.Select(p => p.Name)];
        _parameters = [.. parameters.Select(p => p.Parameter)];
        _shapes = [.. _parameters.Select(parameter => parameter.shape)];
        _starts = new long[_parameters.Length + 1];
        for (int i = 0; i < _parameters.Length; i++) _starts[i + 1] = _starts[i] + _parameters[i].numel();
        StepsOf = new long[_parameters.Length];

        ScalarType own = _parameters[0].dtype;
        IsRounded = own is ScalarType.Float16 or ScalarType.BFloat16;
        Type = IsRounded ? ScalarType.Float32 : own;
        Device = _parameters[0].device;

        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        Values = NewBuffer();
        _rounded = IsRounded ? zeros([Count], dtype: own, device: Device).DetachFromDisposeScope() : null;
        for (int i = 0; i < _parameters.Length; i++)
        {
            if (_rounded is not null) View(Values, i).copy_(_parameters[i]);
            Tensor home = View(_rounded ?? Values, i);
            home.copy_(_parameters[i]);
            _parameters[i].set_(home);
            Owners.AddOrUpdate(_parameters[i], this);
        }

        Gradients = new FlatGradients(this);
    }

    /// <summary>All values, [Count], in 32 or 64 bits.</summary>
    public Tensor Values { get; }

    /// <summary>How many numbers there are.</summary>
    public long Count => _starts[^1];

    /// <summary>The parameters' names, in the order in which they lie in the buffer.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The type of <see cref="Values"/>.</summary>
    public ScalarType Type { get; }

    /// <summary>Where all of it lies.</summary>
    public Device Device { get; }

    /// <summary>Whether the parameters are copies of <see cref="Values"/> rounded to 16 bits.</summary>
    public bool IsRounded { get; }

    /// <summary>The parameters.</summary>
    internal IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>Their gradients.</summary>
    internal FlatGradients Gradients { get; }

    /// <summary>Where each parameter starts, and at the end where the last one ends.</summary>
    internal long[] Starts => _starts;

    /// <summary>How often each parameter has been stepped: not at all where the loss did not reach it.</summary>
    internal long[] StepsOf { get; }

    /// <summary>A buffer of zeros that lies beside <see cref="Values"/>: an optimizer's state. The caller disposes it.</summary>
    public Tensor NewBuffer() => zeros([Count], dtype: Type, device: Device).DetachFromDisposeScope();

    /// <summary>The stretch of <paramref name="buffer"/> that belongs to parameter <paramref name="index"/>, in the parameter's shape.</summary>
    public Tensor View(Tensor buffer, int index)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        using Tensor stretch = buffer.narrow(0, _starts[index], _starts[index + 1] - _starts[index]);
        return stretch.view(_shapes[index]);
    }

    /// <summary>The finer values of a parameter of 16 bits that an optimizer keeps, a view that the caller disposes; null for any other tensor.</summary>
    internal static Tensor? FinerValues(Tensor tensor) =>
        tensor is Parameter parameter && Owners.TryGetValue(parameter, out FlatParameters? owner) && owner.IsRounded
            ? owner.View(owner.Values, owner.IndexOf(parameter))
            : null;

    /// <summary>Makes a parameter of 16 bits the rounding of its finer values again; nothing for any other tensor.</summary>
    internal static void RoundFinerValues(Tensor tensor)
    {
        using Tensor? finer = FinerValues(tensor);
        using var noGradient = no_grad();
        if (finer is not null) tensor.copy_(finer);
    }

    /// <summary>Whether the parameters stand in this very buffer still.</summary>
    /// <exception cref="InvalidOperationException">Another optimizer took one over.</exception>
    internal void RequireOwned(string optimizer)
    {
        for (int i = 0; i < _parameters.Length; i++)
        {
            if (!Owners.TryGetValue(_parameters[i], out FlatParameters? owner) || owner != this) throw TakenOver(optimizer, _names[i]);
        }
    }

    /// <summary>The first parameter that its module has replaced, if there is one.</summary>
    internal string? FirstReplaced()
    {
        int index = Array.FindIndex(_parameters, parameter => parameter.IsInvalid);
        return index < 0 ? null : _names[index];
    }

    /// <summary>
    /// Takes over what <paramref name="old"/> held for one parameter. Its finer values are kept wherever the new ones are nothing
    /// but a rounding of them.
    /// </summary>
    internal void Inherit(int index, FlatParameters old, int oldIndex)
    {
        using var scope = NewDisposeScope();
        Tensor mine = View(Values, index), before = old.View(old.Values, oldIndex).to(Type, Device);
        ScalarType coarse = IsRounded ? _parameters[index].dtype : old.IsRounded ? old._rounded!.dtype : Type;
        mine.copy_(where(before.to(coarse).to(Type) == mine, before, mine));
        StepsOf[index] = old.StepsOf[oldIndex];
    }

    /// <summary>Brings parameters of 16 bits up to date with <see cref="Values"/>.</summary>
    internal void Round() => _rounded?.copy_(Values);

    /// <summary>Frees the buffers' handles; the parameters keep their values.</summary>
    public void Dispose()
    {
        foreach (Parameter parameter in _parameters)
        {
            if (Owners.TryGetValue(parameter, out FlatParameters? owner) && owner == this) Owners.Remove(parameter);
        }

        Gradients.Dispose();
        Values.Dispose();
        _rounded?.Dispose();
    }

    private int IndexOf(Parameter parameter) => Array.FindIndex(_parameters, own => ReferenceEquals(own, parameter));

    private static InvalidOperationException TakenOver(string optimizer, string name) =>
        new($"{optimizer} cannot step: parameter '{name}' belongs to another optimizer, made later. "
            + "Make one optimizer with a group for each set of parameters, or dispose the earlier one.");
}
