using System.Runtime.InteropServices;
using System.Text;

namespace TorchSharp;

/// <summary>
/// One argument of an operator on the managed side. It keeps the object it came from, so that no tensor is finalized
/// while libtorch works on it, and is written into a native <see cref="Value"/> just before the call.
/// </summary>
internal readonly unsafe struct Arg
{
    private readonly object? _object;
    private readonly long _bits;
    private readonly Kind _kind;
    private readonly int _count;

    private Arg(Kind kind, long bits, object? from = null, int count = 0)
    {
        _kind = kind;
        _bits = bits;
        _object = from;
        _count = count;
    }

    public static implicit operator Arg(torch.Tensor? tensor) => tensor is null ? default : new(Kind.Tensor, tensor.Handle, tensor);
    public static implicit operator Arg(
        torch.Tensor?[]? tensors) => tensors is null ? default : new(Kind.Tensors, 0, tensors, tensors.Length);
    public static implicit operator Arg(long value) => new(Kind.Int, value);
    public static implicit operator Arg(int value) => new(Kind.Int, value);
    public static implicit operator Arg(long? value) => value is { } v ? new(Kind.Int, v) : default;
    public static implicit operator Arg(double value) => new(Kind.Double, BitConverter.DoubleToInt64Bits(value));
    public static implicit operator Arg(double? value) => value is { } v ? (Arg)v : default;
    public static implicit operator Arg(bool value) => new(Kind.Bool, value ? 1 : 0);
    public static implicit operator Arg(bool? value) => value is { } v ? (Arg)v : default;
    public static implicit operator Arg(
        string? text) => text is null ? default : new(Kind.String, 0, text, Encoding.UTF8.GetByteCount(text));
    public static implicit operator Arg(long[]? values) => values is null ? default : new(Kind.Ints, 0, values, values.Length);
    public static implicit operator Arg(double[]? values) => values is null ? default : new(Kind.Doubles, 0, values, values.Length);
    public static implicit operator Arg(bool[]? values) => values is null ? default : new(Kind.Bools, 0, values, values.Length);
    public static implicit operator Arg(torch.ScalarType type) => new(Kind.Int, (long)type);
    public static implicit operator Arg(torch.ScalarType? type) => type is { } t ? (Arg)t : default;
    public static implicit operator Arg(
        torch.Device? device) => device is null ? default : new(Kind.Device, (long)device.type, null, device.index);
    public static implicit operator Arg(
        torch.Generator? generator) => generator is null ? default : new(Kind.Generator, generator.Handle, generator);

    public static implicit operator Arg(Scalar? scalar) => scalar switch
    {
        null => default,
        { Type: torch.ScalarType.Bool } => scalar.ToInt64() != 0,
        { Type: torch.ScalarType.ComplexFloat64 or torch.ScalarType.ComplexFloat32 } => new(Kind.Complex, 0, scalar, 2),
        _ when torch.is_integral(scalar.Type) => scalar.ToInt64(),
        _ => scalar.ToDouble(),
    };

    /// <summary>How many 8-byte words this argument needs beside its own value.</summary>
    internal int Words => _kind switch
    {
        Kind.Ints or Kind.Doubles or Kind.Bools or Kind.Tensors or Kind.Complex => _count,
        Kind.String => (_count + 7) / 8,
        _ => 0,
    };

    /// <summary>Writes the argument, lists into <paramref name="words"/>, and returns the first free word.</summary>
    internal long* Write(Value* value, long* words)
    {
        value->Kind = _kind;
        value->Count = _count;
        value->Int = _bits;
        if (_kind < Kind.Complex || _kind is Kind.Device or Kind.Generator)
            return words;

        value->Pointer = (nint)words;
        var target = new Span<long>(words, Words);
        switch (_object)
        {
            case long[] values: values.CopyTo(target); break;
            case double[] values: values.CopyTo(MemoryMarshal.Cast<long, double>(target)); break;
            case bool[] values: for (var i = 0; i < values.Length; i++) target[i] = values[i] ? 1 : 0; break;
            case torch.Tensor?[] tensors: for (var i = 0; i < tensors.Length; i++) target[i] = tensors[i]?.Handle ?? 0; break;
            case string text: Encoding.UTF8.GetBytes(text, MemoryMarshal.AsBytes(target)); break;
            case Scalar number:
                var complex = number.ToComplexFloat64();
                target[0] = BitConverter.DoubleToInt64Bits(complex.Real);
                target[1] = BitConverter.DoubleToInt64Bits(complex.Imaginary);
                break;
        }
        return words + target.Length;
    }
}
