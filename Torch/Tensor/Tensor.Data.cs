using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        /// <summary>The elements in the memory they are in, row by row, whatever the strides.</summary>
        /// <exception cref="ArgumentException">The elements are of another type than <typeparamref name="T"/>.</exception>
        /// <exception cref="InvalidOperationException">The tensor is not in the CPU's memory.</exception>
        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            RequireType(typeof(T));
            return new TensorAccessor<T>(this);
        }

        internal void* DataPointer()
        {
            if (device_type != DeviceType.CPU)
                throw new InvalidOperationException(
                    "Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
            var data = NativeMethods.dlm_tensor_data(Handle);
            GC.KeepAlive(this);
            if (data == null && numel() > 0)
                NativeMethods.Throw();
            return data;
        }

        private void RequireType(Type type)
        {
            if (ToScalarType(type) != dtype)
                throw new ArgumentException($"{type.Name} is not compatible with {dtype}", nameof(type));
        }

        /// <summary>The one element of this tensor.</summary>
        public T item<T>() where T : unmanaged
        {
            if (numel() != 1)
                throw new ArgumentException(
                    $"Number of elements in the tensor must be 1, not {numel()}: its shape is [{string.Join(", ", shape)}]");
            RequireType(typeof(T));
            if (device_type == DeviceType.CPU)
            {
                var value = *(T*)DataPointer();
                GC.KeepAlive(this);
                return value;
            }
            using var copy = cpu();
            return copy.item<T>();
        }

        /// <summary>The one element of this tensor as a number of its own type.</summary>
        public Scalar ToScalar() => Aten._local_scalar_dense.CallScalar(this);

        /// <summary>The memory of a contiguous tensor on the CPU. Keep the tensor as long as the memory is used.</summary>
        public Span<byte> bytes
        {
            get
            {
                RequireContiguous();
                return new Span<byte>(DataPointer(), checked((int)(numel() * element_size())));
            }
            set
            {
                RequireContiguous();
                var target = bytes;
                if (target.Length != value.Length)
                    throw new ArgumentException(
                        $"Mismatched data sizes in Tensor.set_bytes(): the tensor has {target.Length} bytes, and {value.Length} were given.");
                value.CopyTo(target);
            }
        }

        private void RequireContiguous()
        {
            if (!is_contiguous())
                throw new InvalidOperationException("Bytes of a tensor that is not contiguous: call contiguous() first.");
        }

        /// <summary>Writes the elements, row by row.</summary>
        public void WriteBytesToStream(Stream stream, int bufferSize = 1024)
        {
            RequireContiguous();
            var data = (byte*)DataPointer();
            var left = numel() * element_size();
            for (var chunk = Math.Max(bufferSize, 1 << 16); left > 0; left -= chunk, data += chunk)
                stream.Write(new ReadOnlySpan<byte>(data, (int)Math.Min(left, chunk)));
            GC.KeepAlive(this);
        }

        /// <exception cref="EndOfStreamException">The stream ends before the tensor is full.</exception>
        public void ReadBytesFromStream(Stream stream, int bufferSize = 1024)
        {
            RequireContiguous();
            var data = (byte*)DataPointer();
            var left = numel() * element_size();
            for (var chunk = Math.Max(bufferSize, 1 << 16); left > 0; left -= chunk, data += chunk)
                stream.ReadExactly(new Span<byte>(data, (int)Math.Min(left, chunk)));
            GC.KeepAlive(this);
        }

        /// <summary>The element at a place of the memory; no check beyond the type's and the device's.</summary>
        public T ReadCpuValue<T>(long i) where T : unmanaged
        {
            RequireType(typeof(T));
            return ReadCpu<T>(i);
        }

        private T ReadCpu<T>(long i) where T : unmanaged
        {
            if ((ulong)i >= (ulong)numel())
                throw new IndexOutOfRangeException($"The index {i} is not in a tensor of {numel()} elements.");
            var value = ((T*)DataPointer())[i];
            GC.KeepAlive(this);
            return value;
        }

        public bool ReadCpuBool(long i) => ReadCpuValue<bool>(i);
        public byte ReadCpuByte(long i) => ReadCpuValue<byte>(i);
        public sbyte ReadCpuSByte(long i) => ReadCpuValue<sbyte>(i);
        public short ReadCpuInt16(long i) => ReadCpuValue<short>(i);
        public int ReadCpuInt32(long i) => ReadCpuValue<int>(i);
        public long ReadCpuInt64(long i) => ReadCpuValue<long>(i);
        public float ReadCpuSingle(long i) => ReadCpuValue<float>(i);
        public double ReadCpuDouble(long i) => ReadCpuValue<double>(i);
        public float ReadCpuFloat16(long i) => (float)ReadCpuValue<Half>(i);

        public float ReadCpuBFloat16(long i) => dtype == ScalarType.BFloat16
            ? BitConverter.Int32BitsToSingle(ReadCpu<ushort>(i) << 16)
            : throw new ArgumentException($"BFloat16 is not compatible with {dtype}");

        /// <summary>A tensor over a copy of the caller's elements.</summary>
        internal static Tensor CopyOf<T>(ReadOnlySpan<T> data, ReadOnlySpan<long> sizes, ScalarType type) where T : unmanaged
        {
            RequireCount(data.Length, sizes);
            fixed (T* d = data)
            fixed (long* s = sizes)
                return new Tensor(NativeMethods.Check(NativeMethods.dlm_tensor_copy_of(d, s, sizes.Length, (int)type)));
        }

        /// <summary>A tensor over the caller's own memory, which stays where it is as long as any tensor is over it.</summary>
        internal static Tensor Over(Array array, nint offset, ReadOnlySpan<long> sizes, ScalarType type)
        {
            RequireCount(array.Length, sizes);
            var pin = GCHandle.Alloc(array, GCHandleType.Pinned);
            fixed (long* s = sizes)
            {
                var data = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array)) + offset;
                var handle = NativeMethods.dlm_tensor_over(data, s, sizes.Length, (int)type, &Release, GCHandle.ToIntPtr(pin));
                if (handle == 0)
                    pin.Free();
                return new Tensor(NativeMethods.Check(handle));
            }
        }

        [UnmanagedCallersOnly]
        private static void Release(nint pin) => GCHandle.FromIntPtr(pin).Free();

        private static void RequireCount(long count, ReadOnlySpan<long> sizes)
        {
            long expected = 1;
            foreach (var size in sizes)
                expected *= size;
            if (expected > count)
                throw new ArgumentException(
                    $"mismatched total size creating a tensor from an array: the shape [{string.Join(", ", sizes.ToArray())}] " +
                    $"has {expected} elements, the array {count}.");
        }

        public static explicit operator bool(Tensor value) => value.ToScalar().ToBoolean();
        public static explicit operator byte(Tensor value) => value.ToScalar().ToByte();
        public static explicit operator sbyte(Tensor value) => value.ToScalar().ToSByte();
        public static explicit operator short(Tensor value) => value.ToScalar().ToInt16();
        public static explicit operator int(Tensor value) => value.ToScalar().ToInt32();
        public static explicit operator long(Tensor value) => value.ToScalar().ToInt64();
        public static explicit operator float(Tensor value) => value.ToScalar().ToSingle();
        public static explicit operator double(Tensor value) => value.ToScalar().ToDouble();

        // The conversion from a Scalar is what makes x.add(1) mean a number: without it a number could as well become a tensor.
        public static implicit operator Tensor(Scalar scalar) => full([], scalar, scalar.Type);
        public static implicit operator Tensor(bool value) => tensor(value);
        public static implicit operator Tensor(byte value) => tensor(value);
        public static implicit operator Tensor(sbyte value) => tensor(value);
        public static implicit operator Tensor(short value) => tensor(value);
        public static implicit operator Tensor(int value) => tensor(value);
        public static implicit operator Tensor(long value) => tensor(value);
        public static implicit operator Tensor(float value) => tensor(value);
        public static implicit operator Tensor(double value) => tensor(value);
        public static implicit operator Tensor(bool[] value) => tensor(value);
        public static implicit operator Tensor(byte[] value) => tensor(value);
        public static implicit operator Tensor(sbyte[] value) => tensor(value);
        public static implicit operator Tensor(short[] value) => tensor(value);
        public static implicit operator Tensor(int[] value) => tensor(value);
        public static implicit operator Tensor(long[] value) => tensor(value);
        public static implicit operator Tensor(float[] value) => tensor(value);
        public static implicit operator Tensor(double[] value) => tensor(value);
    }
}
