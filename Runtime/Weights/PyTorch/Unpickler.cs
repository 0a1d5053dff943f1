using System.Globalization;
using System.Numerics;
using Dlm.Runtime.Files;
using static Dlm.Runtime.Weights.PyTorch.PickleOpcode;

namespace Dlm.Runtime.Weights.PyTorch;

/// <summary>
/// Reads pickles that hold tensors, dicts, lists, tuples, numbers and texts. It makes plain values only, calls nothing, does not
/// recurse, and takes no more memory than a file of that size explains.
/// </summary>
internal sealed class Unpickler
{
    private const int NewestProtocol = 5;
    private const long FreeMemory = 64 << 20;
    private const long BytesOfAValue = 64;

    private readonly PickleReader _reader;
    private readonly List<object?> _stack = [];
    private readonly Stack<int> _marks = [];
    private readonly Dictionary<uint, object?> _memo = [];
    private long _valuesLeft;

    private Unpickler(PickleReader reader, Dictionary<string, PickledStorage> storages)
    {
        (_reader, Storages) = (reader, storages);
        _valuesLeft = (FreeMemory + reader.FileLength) / BytesOfAValue;
    }

    private Dictionary<string, PickledStorage> Storages { get; }

    /// <summary>Reads the next pickle.</summary>
    /// <param name="reader">The bytes; left behind the pickle's end.</param>
    /// <param name="storages">The storages that tensors look at are added here.</param>
    /// <exception cref="MalformedFileException">It is damaged, or holds anything else; that is refused by name.</exception>
    public static object? Read(PickleReader reader, Dictionary<string, PickledStorage> storages) => new Unpickler(reader, storages).Run();

    private object? Run()
    {
        while (true)
        {
            PickleOpcode opcode = (PickleOpcode)_reader.Byte();
            if (opcode == Stop)
            {
                object? result = Pop();
                return _stack.Count == 0 && _marks.Count == 0 ? result : throw Damaged("something is left on its stack");
            }

            if (--_valuesLeft < 0) throw new MalformedFileException("its pickle holds more values than any weights need");
            Step(opcode);
        }
    }

    private void Step(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case Proto:
                int protocol = _reader.Byte();
                if (protocol > NewestProtocol) throw new MalformedFileException($"its pickle is of protocol {protocol}, and the newest known here is {NewestProtocol}");
                break;
            case Frame: _ = _reader.Int64(); break;

            case None: _stack.Add(null); break;
            case NewTrue: _stack.Add(true); break;
            case NewFalse: _stack.Add(false); break;
            case Int: _stack.Add(OldNumber(_reader.Line())); break;
            case BinInt: _stack.Add((long)_reader.Int32()); break;
            case BinInt1: _stack.Add((long)_reader.Byte()); break;
            case BinInt2: _stack.Add((long)_reader.UInt16()); break;
            case Long1: _stack.Add(Whole(_reader.Bytes(_reader.Byte()))); break;
            case Long4: _stack.Add(Whole(_reader.Bytes(_reader.Int32()))); break;
            case BinFloat: _stack.Add(_reader.Double()); break;
            case ShortBinString or ShortBinUnicode: _stack.Add(_reader.Text(_reader.Byte())); break;
            case BinString: _stack.Add(_reader.Text(_reader.Int32())); break;
            case BinUnicode: _stack.Add(_reader.Text(_reader.UInt32())); break;
            case BinUnicode8: _stack.Add(_reader.Text(_reader.Int64())); break;

            case Mark: _marks.Push(_stack.Count); break;
            case PickleOpcode.Pop: _ = Pop(); break;
            case PopMark: _ = PopToMark(); break;
            case Dup: _stack.Add(Top()); break;

            case EmptyTuple: _stack.Add(new PickledTuple([])); break;
            case Tuple1: PushTuple(1); break;
            case Tuple2: PushTuple(2); break;
            case Tuple3: PushTuple(3); break;
            case PickleOpcode.Tuple: _stack.Add(new PickledTuple(PopToMark())); break;
            case EmptyList: _stack.Add(new List<object?>()); break;
            case PickleOpcode.List: _stack.Add(new List<object?>(PopToMark())); break;
            case Append: Extend([Pop()]); break;
            case Appends: Extend(PopToMark()); break;
            case EmptyDict: _stack.Add(new PickledDict()); break;
            case Dict: PushDict(); break;
            case SetItem: SetValues(PopMany(2)); break;
            case SetItems: SetValues(PopToMark()); break;

            case BinPut: _memo[_reader.Byte()] = Top(); break;
            case LongBinPut: _memo[_reader.UInt32()] = Top(); break;
            case Memoize: _memo[(uint)_memo.Count] = Top(); break;
            case BinGet: Recall(_reader.Byte()); break;
            case LongBinGet: Recall(_reader.UInt32()); break;

            case Global: _stack.Add(PickleGlobal.Find(_reader.Line(), _reader.Line())); break;
            case StackGlobal: PushGlobal(); break;
            case Reduce or NewObj: CallGlobal(); break;
            case Build: SetAttributes(); break;
            case BinPersid: _stack.Add(Storage(Pop())); break;

            case BinBytes or ShortBinBytes or BinBytes8 or ByteArray8: throw PickleGlobal.Refused("bytes");
            case EmptySet or AddItems or FrozenSet: throw PickleGlobal.Refused("set");
            case Inst: throw PickleGlobal.Refused($"{_reader.Line()}.{_reader.Line()}");
            case Obj or NewObjEx or Ext1 or Ext2 or Ext4 or NextBuffer or ReadOnlyBuffer: throw PickleGlobal.Refused($"pickle operation {opcode}");
            default: throw Damaged(string.Create(CultureInfo.InvariantCulture, $"0x{(byte)opcode:x2} is no operation of a pickle that PyTorch writes"));
        }
    }

    private object? Top() => _stack.Count > (_marks.TryPeek(out int mark) ? mark : 0) ? _stack[^1] : throw Damaged("its stack is empty");

    private object? Pop()
    {
        object? top = Top();
        _stack.RemoveAt(_stack.Count - 1);
        return top;
    }

    private object?[] PopMany(int count)
    {
        object?[] items = new object?[count];
        for (int i = count - 1; i >= 0; i--) items[i] = Pop();
        return items;
    }

    private object?[] PopToMark()
    {
        if (!_marks.TryPop(out int mark)) throw Damaged("a mark is missing");
        object?[] items = [.. _stack.GetRange(mark, _stack.Count - mark)];
        _stack.RemoveRange(mark, _stack.Count - mark);
        return items;
    }

    private void PushTuple(int count) => _stack.Add(new PickledTuple(PopMany(count)));

    private void PushDict()
    {
        object?[] items = PopToMark();
        _stack.Add(new PickledDict());
        SetValues(items);
    }

    private void PushGlobal()
    {
        if (PopMany(2) is not [string module, string name]) throw Damaged("the name of a Python object is no text");
        _stack.Add(PickleGlobal.Find(module, name));
    }

    private void CallGlobal()
    {
        if (PopMany(2) is not [PickleGlobal global, PickledTuple arguments]) throw Damaged("something is called that is no function");
        if (arguments.Items is [List<object?> pairs]) _valuesLeft -= pairs.Count; // the same list may be given again and again
        _stack.Add(global.Call(arguments));
    }

    private void Extend(object?[] items)
    {
        if (Top() is not List<object?> list) throw Damaged("something is appended to what is no list");
        list.AddRange(items);
    }

    private void SetValues(object?[] items)
    {
        if (Top() is not PickledDict dict || items.Length % 2 != 0) throw Damaged("something is set in what is no dict");
        for (int i = 0; i < items.Length; i += 2) dict.Add(items[i], items[i + 1]);
    }

    // A state_dict carries the versions of its modules as an attribute; they are not needed.
    private void SetAttributes()
    {
        _ = Pop();
        if (Top() is not PickledDict) throw Damaged("attributes are given to what is no dict");
    }

    private void Recall(uint key) => _stack.Add(_memo.TryGetValue(key, out object? value) ? value : throw Damaged($"nothing was kept under number {key}"));

    // ('storage', class, key, device, count), in the older format with a sixth part for a view of another storage.
    private PickledStorage Storage(object? id)
    {
        if (id is not PickledTuple { Items: ["storage", PickleGlobal { Name: var name }, string key, string, long count, ..] items }) throw PickleGlobal.Refused(NameOf(id));
        if (items.Length > 6 || StorageTypes.Parse(name) is not { } type || count < 0) throw Damaged($"the storage '{key}' is described in an unknown way");
        if (!Storages.TryGetValue(key, out PickledStorage? storage)) Storages.Add(key, storage = new PickledStorage(key, type, count));
        if (storage.Type != type || storage.Count != count) throw Damaged($"the storage '{key}' is described in two ways");
        return items.Length == 6 && items[5] is PickledTuple view ? ViewOf(storage, view) : storage;
    }

    private static PickledStorage ViewOf(PickledStorage whole, PickledTuple view) =>
        view.Items is [string key, long start, long count] && start >= 0 && count >= 0 && (Int128)start + count <= whole.Count
            ? new PickledStorage(key, whole.Type, count) { Whole = (whole, start) }
            : throw Damaged($"a view of the storage '{whole.Key}' is not within it");

    private static string NameOf(object? id) => id is PickledTuple { Items: ["module", PickleGlobal { Name: var name }, ..] } ? name : "persistent object";

    private static long Whole(ReadOnlySpan<byte> bytes) => bytes.Length <= 16 && new BigInteger(bytes) is var number && number >= long.MinValue && number <= long.MaxValue
        ? (long)number
        : throw Damaged("a whole number has more than 64 bits");

    // Protocols 0 and 1 write True and False as I01 and I00.
    private static object OldNumber(string text) => text switch
    {
        "00" => false,
        "01" => true,
        _ => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : throw Damaged("a whole number is none"),
    };

    private static MalformedFileException Damaged(string problem) => new($"it is damaged: {problem}");
}
