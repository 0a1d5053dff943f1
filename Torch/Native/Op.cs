using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// An operator of libtorch's dispatcher, found by name on its first call. Arguments left out at the end take the
/// defaults of libtorch's own schema. A call allocates nothing but its results.
/// </summary>
internal sealed unsafe class Op
{
    private const int StackWords = 64;

    private readonly string _name;
    private nint _handle;

    /// <param name="name">The name in aten, with an overload after a dot; a field's own name if not given.</param>
    internal Op([CallerMemberName] string name = "") => _name = name;

    /// <summary>The operator's name, "add.Tensor".</summary>
    internal string Name => _name;

    /// <summary>Whether the libtorch at hand has this operator.</summary>
    internal bool Exists => _handle != 0 || (_handle = Find()) != 0;

    private nint Find()
    {
        var dot = _name.IndexOf('.');
        return NativeMethods.dlm_find_operator("aten::" + (dot < 0 ? _name : _name[..dot]), dot < 0 ? "" : _name[(dot + 1)..]);
    }

    /// <summary>Calls the operator for its one tensor.</summary>
    internal Tensor Call(params ReadOnlySpan<Arg> args)
    {
        Value result;
        Invoke(args, &result, 1);
        return Tensor.FromHandle(result.Pointer);
    }

    /// <summary>Calls an operator that changes its first argument, and returns that very object.</summary>
    internal Tensor InPlace(Tensor self, params ReadOnlySpan<Arg> args)
    {
        Span<Arg> all = [self, default, default, default, default, default, default, default];
        args.CopyTo(all[1..]);
        Invoke(all[..(args.Length + 1)], null, 0);
        return self;
    }

    /// <summary>Calls the operator and drops its results.</summary>
    internal void Run(params ReadOnlySpan<Arg> args) => Invoke(args, null, 0);

    internal (Tensor, Tensor) Call2(params ReadOnlySpan<Arg> args)
    {
        var results = stackalloc Value[2];
        Invoke(args, results, 2);
        return (Tensor.FromHandle(results[0].Pointer), Tensor.FromHandle(results[1].Pointer));
    }

    internal (Tensor, Tensor, Tensor) Call3(params ReadOnlySpan<Arg> args)
    {
        var results = stackalloc Value[3];
        Invoke(args, results, 3);
        return (Tensor.FromHandle(results[0].Pointer), Tensor.FromHandle(results[1].Pointer), Tensor.FromHandle(results[2].Pointer));
    }

    internal Tensor[] CallList(params ReadOnlySpan<Arg> args)
    {
        Value result;
        Invoke(args, &result, 1);
        var tensors = new Tensor[result.Count];
        for (var i = 0; i < tensors.Length; i++)
            tensors[i] = Tensor.FromHandle(((nint*)result.Pointer)[i]);
        NativeMethods.dlm_free((void*)result.Pointer);
        return tensors;
    }

    internal bool CallBool(params ReadOnlySpan<Arg> args)
    {
        Value result;
        Invoke(args, &result, 1);
        return result.Int != 0;
    }

    internal long CallLong(params ReadOnlySpan<Arg> args)
    {
        Value result;
        Invoke(args, &result, 1);
        return result.Int;
    }

    internal Scalar CallScalar(params ReadOnlySpan<Arg> args)
    {
        Value result;
        Invoke(args, &result, 1);
        switch (result.Kind)
        {
            case Kind.Bool: return result.Int != 0;
            case Kind.Int: return result.Int;
            case Kind.Double: return result.Double;
            default:
                var parts = (double*)result.Pointer;
                var number = new System.Numerics.Complex(parts[0], parts[1]);
                NativeMethods.dlm_free(parts);
                return number;
        }
    }

    [SkipLocalsInit]
    private void Invoke(ReadOnlySpan<Arg> args, Value* results, int capacity)
    {
        if (_handle == 0)
            _handle = NativeMethods.Check(Find());

        var words = 0;
        foreach (ref readonly var arg in args)
            words += arg.Words;

        var values = stackalloc Value[args.Length];
        var heap = words > StackWords ? NativeMemory.Alloc((nuint)words, sizeof(long)) : null;
        var stack = stackalloc long[StackWords];
        try
        {
            var free = heap == null ? stack : (long*)heap;
            for (var i = 0; i < args.Length; i++)
                free = args[i].Write(&values[i], free);
            if (NativeMethods.dlm_call(_handle, values, args.Length, results, capacity) < 0)
                NativeMethods.Throw();
        }
        finally
        {
            NativeMemory.Free(heap);
        }
    }
}
