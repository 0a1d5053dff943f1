using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp;

// Tensors from managed arrays: tensor() copies, from_array(), as_tensor() and frombuffer() share the array's memory.
public static unsafe partial class torch
{
    /// <summary>A tensor over the array's own memory, of the array's dimensions.</summary>
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    public static Tensor from_array(
        Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Place(Tensor.Over(rawArray, 0, Sizes(rawArray), TypeOf(rawArray)), dtype, device, requires_grad, names);

    /// <summary>A tensor of one dimension over part of the array's own memory.</summary>
    public static Tensor frombuffer(Array rawArray, ScalarType dtype, long count = -1, long offset = 0, bool requires_grad = false)
    {
        var type = TypeOf(rawArray);
        if (type != dtype)
            throw new ArgumentException($"The array's elements are {type}; a buffer of {dtype} cannot be made over them.", nameof(dtype));
        if (offset < 0 || offset >= rawArray.LongLength)
            throw new ArgumentException($"The offset {offset} is not in an array of {rawArray.LongLength} elements.", nameof(offset));
        var left = rawArray.LongLength - offset;
        if (count > left)
            throw new ArgumentException(
                $"{count} elements from {offset} are more than an array of {rawArray.LongLength} has.", nameof(count));
        return Finish(Tensor.Over(rawArray, (nint)(offset * type.ElementSize()), [count < 0 ? left : count], type), requires_grad);
    }

    public static Tensor as_tensor(Tensor data, ScalarType? dtype = null, Device? device = null) =>
        data.to(dtype ?? data.dtype, device ?? data.device);

    public static Tensor as_tensor(Array data, ScalarType? dtype = null, Device? device = null) => from_array(data, dtype, device);
    public static Tensor as_tensor(bool[] rawArray, ScalarType? dtype = null, Device? device = null) => from_array(rawArray, dtype, device);
    public static Tensor as_tensor(byte[] rawArray, ScalarType? dtype = null, Device? device = null) => from_array(rawArray, dtype, device);
    public static Tensor as_tensor(
        sbyte[] rawArray, ScalarType? dtype = null, Device? device = null) => from_array(rawArray, dtype, device);
    public static Tensor as_tensor(
        short[] rawArray, ScalarType? dtype = null, Device? device = null) => from_array(rawArray, dtype, device);
    public static Tensor as_tensor(int[] rawArray, ScalarType? dtype = null, Device? device = null) => from_array(rawArray, dtype, device);
    public static Tensor as_tensor(long[] rawArray, ScalarType? dtype = null, Device? device = null) => from_array(rawArray, dtype, device);
    public static Tensor as_tensor(
        float[] rawArray, ScalarType? dtype = null, Device? device = null) => from_array(rawArray, dtype, device);
    public static Tensor as_tensor(
        double[] rawArray, ScalarType? dtype = null, Device? device = null) => from_array(rawArray, dtype, device);

    private static Tensor FromElements<T>(
        ReadOnlySpan<T> elements, ReadOnlySpan<long> sizes, ScalarType type, ScalarType? dtype, Device? device, bool requires_grad,
        string[]? names) where T : unmanaged =>
        Place(Tensor.CopyOf(elements, sizes, type), dtype, device, requires_grad, names);

    private static Tensor FromArray<T>(
        Array array, ScalarType type, ScalarType? dtype, Device? device, bool requires_grad, string[]? names) where T : unmanaged
    {
        var elements = MemoryMarshal.CreateReadOnlySpan(
            ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);
        return FromElements(elements, Sizes(array), type, dtype, device, requires_grad, names);
    }

    private static ReadOnlySpan<T> Elements<T>(IList<T> list) => list as T[] ?? list.ToArray();

    private static Tensor Place(Tensor made, ScalarType? dtype, Device? device, bool requires_grad, string[]? names)
    {
        var place = InitializeDevice(device);
        if ((dtype is { } type && type != made.dtype) || place.type != DeviceType.CPU)
            made = made.to(dtype ?? made.dtype, place, disposeAfter: true);
        return Finish(made, requires_grad, names);
    }

    private static long[] Sizes(Array array)
    {
        var sizes = new long[array.Rank];
        for (var i = 0; i < sizes.Length; i++)
            sizes[i] = array.GetLongLength(i);
        return sizes;
    }

    private static ScalarType TypeOf(Array array) => ToScalarType(array.GetType().GetElementType()!)
        ?? throw new ArgumentException(
            $"A tensor cannot be made of elements of the type {array.GetType().GetElementType()}.", nameof(array));
}
