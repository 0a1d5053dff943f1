using static TorchSharp.torch;

namespace TorchSharp;

// TorchSharp's own format of a tensor: the type, the dimensions and the sizes as LEB128 numbers, and then the elements.
public static partial class TensorExtensionMethods
{
    private const string SameModel = "Make sure that the model you are loading into is exactly the same as the origin.";

    public static void Save(this Tensor tensor, string location)
    {
        using var stream = File.Create(location);
        tensor.Save(stream);
    }

    public static void Save(this Tensor tensor, Stream stream)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        tensor.Save(writer);
    }

    public static void Save(this Tensor tensor, BinaryWriter writer)
    {
        using var plain = tensor.cpu();
        using var rows = plain.contiguous();
        writer.Encode((long)tensor.dtype);
        var shape = tensor.shape;
        writer.Encode(shape.Length);
        foreach (var size in shape)
            writer.Encode(size);
        writer.Flush();
        rows.WriteBytesToStream(writer.BaseStream);
    }

    /// <summary>Reads a tensor, or passes over it.</summary>
    public static Tensor Load(BinaryReader reader, bool skip = false)
    {
        var (type, shape) = ReadHeader(reader);
        if (skip)
        {
            Skip(reader, type, shape);
            return null!;
        }
        var tensor = empty(shape, type);
        tensor.ReadBytesFromStream(reader.BaseStream);
        return tensor;
    }

    /// <summary>Reads a tensor of the same type and shape into this one, in place.</summary>
    /// <exception cref="ArgumentException">It has another type or shape.</exception>
    public static void Load(this Tensor tensor, BinaryReader reader, bool skip = false)
    {
        var (type, shape) = ReadHeader(reader);
        if (skip)
        {
            Skip(reader, type, shape);
            return;
        }
        if (type != tensor.dtype)
            throw new ArgumentException($"Mismatched tensor data types while loading: the file has {type}, this tensor {tensor.dtype}. {SameModel}");
        if (!shape.SequenceEqual(tensor.shape))
            throw new ArgumentException(
                $"Mismatched tensor shape while loading: the file has [{string.Join(", ", shape)}], " +
                $"this tensor [{string.Join(", ", tensor.shape)}]. {SameModel}");
        using var guard = no_grad();
        using var loaded = empty(shape, type);
        loaded.ReadBytesFromStream(reader.BaseStream);
        tensor.copy_(loaded);
    }

    private static (ScalarType, long[]) ReadHeader(BinaryReader reader)
    {
        var type = (ScalarType)reader.Decode();
        var shape = new long[reader.Decode()];
        for (var i = 0; i < shape.Length; i++)
            shape[i] = reader.Decode();
        return (type, shape);
    }

    private static void Skip(BinaryReader reader, ScalarType type, long[] shape)
    {
        var left = shape.TotalSize() * type.ElementSize();
        for (var buffer = new byte[Math.Min(left, 1 << 16)]; left > 0; left -= buffer.Length)
            reader.BaseStream.ReadExactly(buffer, 0, (int)Math.Min(left, buffer.Length));
    }

    internal static void Encode(this BinaryWriter writer, long value)
    {
        var rest = (ulong)value;
        for (; rest >= 0x80; rest >>= 7)
            writer.Write((byte)(rest | 0x80));
        writer.Write((byte)rest);
    }

    internal static long Decode(this BinaryReader reader)
    {
        long value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = reader.ReadByte();
            value |= (long)(part & 0x7f) << shift;
            if (part < 0x80)
                return value;
        }
    }
}
