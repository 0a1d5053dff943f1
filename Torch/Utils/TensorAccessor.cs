using System.Collections;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Utils;

/// <summary>The elements of a tensor on the CPU, in place, row by row whatever its strides.</summary>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private readonly Tensor _tensor;
    private readonly T* _data;
    private readonly long[] _shape;
    private readonly long[] _strides;
    private readonly bool _contiguous;

    internal TensorAccessor(Tensor tensor)
    {
        _data = (T*)tensor.DataPointer();
        _shape = tensor.shape;
        _strides = tensor.stride();
        _contiguous = tensor.is_contiguous();
        Count = tensor.numel();
        _tensor = tensor.alias().DetachFromDisposeScope(); // keeps the memory, whatever becomes of the tensor
    }

    public long Count { get; }

    public bool IsReadOnly => false;

    public T this[params long[] indices]
    {
        get
        {
            var value = _data[Offset(indices)];
            GC.KeepAlive(_tensor);
            return value;
        }
        set
        {
            _data[Offset(indices)] = value;
            GC.KeepAlive(_tensor);
        }
    }

    /// <summary>Where an element is in memory: one index counts all elements row by row, several are one a dimension.</summary>
    private long Offset(long[] indices)
    {
        ObjectDisposedException.ThrowIf(_tensor.IsInvalid, this);
        if (indices.Length == 1)
        {
            if ((ulong)indices[0] >= (ulong)Count)
                throw new IndexOutOfRangeException($"The index {indices[0]} is not in a tensor of {Count} elements.");
            return _contiguous ? indices[0] : OffsetOf(indices[0]);
        }
        if (indices.Length != _shape.Length)
            throw new ArgumentException($"{indices.Length} indices for a tensor of {_shape.Length} dimensions.");
        long offset = 0;
        for (var i = 0; i < indices.Length; i++)
        {
            if ((ulong)indices[i] >= (ulong)_shape[i])
                throw new IndexOutOfRangeException($"The index {indices[i]} is not in dimension {i}, which has {_shape[i]}.");
            offset += indices[i] * _strides[i];
        }
        return offset;
    }

    private long OffsetOf(long index)
    {
        long offset = 0;
        for (var d = _shape.Length - 1; d >= 0; d--)
        {
            offset += index % _shape[d] * _strides[d];
            index /= _shape[d];
        }
        return offset;
    }

    public T[] ToArray()
    {
        var array = new T[Count];
        CopyTo(array);
        return array;
    }

    /// <summary>The elements in an array of the tensor's own dimensions; a single number as an array of none.</summary>
    public Array ToNDArray()
    {
        if (_shape.Length == 0)
            return ToArray();
        var array = Array.CreateInstance(typeof(T), _shape);
        CopyTo(new Span<T>(Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array)), array.Length));
        return array;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        ObjectDisposedException.ThrowIf(_tensor.IsInvalid, this);
        var count = (int)Math.Min(Count - tensorIndex, array.Length - arrayIndex);
        if (_contiguous)
            new ReadOnlySpan<T>(_data + tensorIndex, count).CopyTo(array[arrayIndex..]);
        else
            for (var i = 0; i < count; i++)
                array[arrayIndex + i] = _data[OffsetOf(tensorIndex + i)];
        GC.KeepAlive(_tensor);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        ObjectDisposedException.ThrowIf(_tensor.IsInvalid, this);
        var count = (int)Math.Min(Count - tensorIndex, array.Length - arrayIndex);
        if (_contiguous)
            array.Slice(arrayIndex, count).CopyTo(new Span<T>(_data + tensorIndex, count));
        else
            for (var i = 0; i < count; i++)
                _data[OffsetOf(tensorIndex + i)] = array[arrayIndex + i];
        GC.KeepAlive(_tensor);
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public static bool operator ==(TensorAccessor<T> left, TensorAccessor<T> right) =>
        left is null ? right is null : right is not null && (ReferenceEquals(
            left, right) || (left.Count == right.Count && left.SequenceEqual(right)));

    public static bool operator !=(TensorAccessor<T> left, TensorAccessor<T> right) => !(left == right);

    public override bool Equals(object? obj) => obj is TensorAccessor<T> other && this == other;

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var value in this)
            hash.Add(value);
        return hash.ToHashCode();
    }

    public void Dispose() => _tensor.Dispose();
}
