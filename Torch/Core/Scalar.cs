using System.Numerics;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A number of any element type. Unlike TorchSharp's own, it is managed alone: disposing of it costs and does nothing.</summary>
public sealed class Scalar : IDisposable
{
    private readonly Complex _value;
    private readonly long _integer;

    private Scalar(ScalarType type, Complex value)
    {
        Type = type;
        _value = value;
    }

    private Scalar(ScalarType type, long value) : this(type, (Complex)value) => _integer = value;

    public ScalarType Type { get; }

    public static implicit operator Scalar(byte value) => new(ScalarType.Byte, value);
    public static implicit operator Scalar(sbyte value) => new(ScalarType.Int8, value);
    public static implicit operator Scalar(short value) => new(ScalarType.Int16, value);
    public static implicit operator Scalar(int value) => new(ScalarType.Int32, value);
    public static implicit operator Scalar(long value) => new(ScalarType.Int64, value);
    public static implicit operator Scalar(Half value) => new(ScalarType.Float16, (Complex)(double)value);
    public static implicit operator Scalar(float value) => new(ScalarType.Float32, (Complex)value);
    public static implicit operator Scalar(double value) => new(ScalarType.Float64, (Complex)value);
    public static implicit operator Scalar(bool value) => new(ScalarType.Bool, value ? 1 : 0);
    public static implicit operator Scalar((float, float) value) => new(ScalarType.ComplexFloat32, new Complex(value.Item1, value.Item2));
    public static implicit operator Scalar(Complex value) => new(ScalarType.ComplexFloat64, value);

    internal bool IsWhole => is_integral(Type) || Type == ScalarType.Bool;

    internal long AsInt64 => IsWhole ? _integer : (long)_value.Real;

    internal Complex AsComplex => _value;

    /// <inheritdoc/>
    public void Dispose() { }
}
