using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Dlm.Runtime.Weights.Formats;
using static Dlm.Runtime.Weights.PyTorch.PickleOpcode;
using static TorchSharp.torch;

namespace Dlm.Runtime.Weights.PyTorch;

/// <summary>Writes the pickle of a state_dict, protocol 2: an OrderedDict of tensors, each the whole of a storage of its own.</summary>
internal sealed class Pickler
{
    private readonly MemoryStream _bytes = new();

    private Pickler()
    {
    }

    /// <summary>The pickle of tensors; the storages are numbered in their order.</summary>
    public static byte[] StateDict(IReadOnlyDictionary<string, Tensor> tensors)
    {
        Pickler pickler = new();
        pickler.Write(Proto);
        pickler._bytes.WriteByte(2);
        pickler.EmptyOrderedDict();
        if (tensors.Count > 0)
        {
            pickler.Write(Mark);
            int storage = 0;
            foreach ((string key, Tensor tensor) in tensors)
            {
                pickler.Text(key);
                pickler.Tensor(tensor, storage++);
            }

            pickler.Write(SetItems);
        }

        pickler.Write(Stop);
        return pickler._bytes.ToArray();
    }

    // torch._utils._rebuild_tensor_v2(storage, offset, shape, strides, requires_grad, hooks)
    private void Tensor(Tensor tensor, int storage)
    {
        long[] shape = tensor.shape;
        NameGlobal("torch._utils", "_rebuild_tensor_v2");
        Write(Mark);
        Storage(tensor, storage);
        Number(0);
        Numbers(shape);
        Numbers(TensorForm.DenseStrides(shape));
        Write(NewFalse);
        EmptyOrderedDict();
        Write(PickleOpcode.Tuple);
        Write(Reduce);
    }

    private void Storage(Tensor tensor, int number)
    {
        Write(Mark);
        Text("storage");
        NameGlobal("torch", StorageTypes.Name(tensor.dtype));
        Text(number.ToString(CultureInfo.InvariantCulture));
        Text("cpu");
        Number(tensor.numel());
        Write(PickleOpcode.Tuple);
        Write(BinPersid);
    }

    private void EmptyOrderedDict()
    {
        NameGlobal("collections", "OrderedDict");
        Write(EmptyTuple);
        Write(Reduce);
    }

    private void Numbers(long[] numbers)
    {
        Write(Mark);
        foreach (long number in numbers) Number(number);
        Write(PickleOpcode.Tuple);
    }

    private void Number(long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        if (value is >= int.MinValue and <= int.MaxValue)
        {
            Write(BinInt);
            _bytes.Write(bytes[..sizeof(int)]);
        }
        else
        {
            Write(Long1);
            _bytes.WriteByte(sizeof(long));
            _bytes.Write(bytes);
        }
    }

    private void Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, utf8.Length);
        Write(BinUnicode);
        _bytes.Write(length);
        _bytes.Write(utf8);
    }

    private void NameGlobal(string module, string name)
    {
        Write(Global);
        _bytes.Write(Encoding.ASCII.GetBytes($"{module}\n{name}\n"));
    }

    private void Write(PickleOpcode opcode) => _bytes.WriteByte((byte)opcode);
}
