using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Dlm.Runtime.Files;
using static TorchSharp.torch;

namespace Dlm.Runtime.Weights.Formats;

/// <summary>An open file of weights in one of the formats: what it holds is known, the tensors' bytes are read when they are asked for.</summary>
internal abstract class WeightSource : IDisposable
{
    /// <summary>The format's name.</summary>
    public abstract string Format { get; }

    /// <summary>What it holds, in the file's order.</summary>
    public abstract IReadOnlyList<WeightEntry> Entries { get; }

    /// <summary>Reads a tensor into memory of its own; the caller disposes it.</summary>
    /// <exception cref="MalformedFileException">The file is damaged.</exception>
    public abstract Tensor Read(int index);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Reads elements that lie one after another.</summary>
    /// <param name="file">The file.</param>
    /// <param name="at">The first element's first byte.</param>
    /// <param name="count">How many elements.</param>
    /// <param name="type">Their type.</param>
    /// <param name="bigEndian">Whether an element's highest byte comes first.</param>
    /// <returns>A tensor [count]; the caller disposes it.</returns>
    protected static Tensor ReadElements(MappedFile file, long at, long count, ScalarType type, bool bigEndian = false)
    {
        Tensor elements = empty([count], dtype: type);
        TensorForm.ForEachBlock(elements, block =>
        {
            file.Slice(at, block.Length).CopyTo(block);
            at += block.Length;
            if (bigEndian) SwapBytes(block, type);
        });
        return elements;
    }

    private static void SwapBytes(Span<byte> bytes, ScalarType type)
    {
        switch (type)
        {
            case ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16:
                Span<ushort> twos = MemoryMarshal.Cast<byte, ushort>(bytes);
                BinaryPrimitives.ReverseEndianness(twos, twos);
                break;
            case ScalarType.Int32 or ScalarType.Float32 or ScalarType.ComplexFloat32:
                Span<uint> fours = MemoryMarshal.Cast<byte, uint>(bytes);
                BinaryPrimitives.ReverseEndianness(fours, fours);
                break;
            case ScalarType.Int64 or ScalarType.Float64 or ScalarType.ComplexFloat64:
                Span<ulong> eights = MemoryMarshal.Cast<byte, ulong>(bytes);
                BinaryPrimitives.ReverseEndianness(eights, eights);
                break;
        }
    }
}
