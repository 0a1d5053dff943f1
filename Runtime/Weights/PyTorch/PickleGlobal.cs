using Dlm.Runtime.Files;
using Dlm.Runtime.Weights.Formats;

namespace Dlm.Runtime.Weights.PyTorch;

/// <summary>
/// The few Python objects that files of weights name, and what they make. Nothing is looked up by name and nothing is called:
/// a name that is not here is refused as soon as it is read.
/// </summary>
internal sealed record PickleGlobal(string Name)
{
    private const string OrderedDict = "collections.OrderedDict";
    private const string RebuildTensor = "torch._utils._rebuild_tensor";
    private const string RebuildTensorV2 = "torch._utils._rebuild_tensor_v2";
    private const string RebuildParameter = "torch._utils._rebuild_parameter";

    /// <summary>The object of a name.</summary>
    /// <exception cref="MalformedFileException">It is none of those that weights need.</exception>
    public static PickleGlobal Find(string module, string name)
    {
        string full = $"{module}.{name}";
        return full is OrderedDict or RebuildTensor or RebuildTensorV2 or RebuildParameter || StorageTypes.Parse(full) is not null
            ? new PickleGlobal(full)
            : throw Refused(full);
    }

    /// <summary>What it makes of arguments.</summary>
    /// <exception cref="MalformedFileException">The arguments are not those that PyTorch writes.</exception>
    public object Call(PickledTuple arguments) => (Name, arguments.Items) switch
    {
        (OrderedDict, []) => new PickledDict(),
        (OrderedDict, [List<object?> pairs]) => DictOf(pairs),
        (RebuildTensor, [PickledStorage storage, long offset, PickledTuple shape, PickledTuple strides]) => TensorOf(storage, offset, shape, strides),
        (RebuildTensorV2, [PickledStorage storage, long offset, PickledTuple shape, PickledTuple strides, bool, _, ..]) => TensorOf(storage, offset, shape, strides),
        (RebuildParameter, [PickledTensor tensor, bool, _]) => tensor,
        _ => throw new MalformedFileException($"it is damaged: '{Name}' is given other arguments than PyTorch gives it"),
    };

    /// <summary>Refuses something by name.</summary>
    public static MalformedFileException Refused(string name) => new(
        $"it needs Python's '{name}', and only tensors, dicts, lists, numbers and texts are read, since anything else could run code",
        "Where you trust the file, write its weights alone in Python: torch.save(model.state_dict(), 'weights.pt').");

    private static PickledTensor TensorOf(PickledStorage storage, long offset, PickledTuple shape, PickledTuple strides) =>
        new(storage, offset, Numbers(shape), Numbers(strides));

    private static long[] Numbers(PickledTuple tuple) => tuple.Items.Length > TensorForm.MostDimensions
        ? throw new MalformedFileException($"it is damaged: a tensor has {tuple.Items.Length} dimensions")
        : [.. tuple.Items.Select(item => item is long number ? number : throw new MalformedFileException("it is damaged: a size of a tensor is not a whole number"))];

    private static PickledDict DictOf(List<object?> pairs)
    {
        PickledDict dict = new();
        foreach (object? pair in pairs)
        {
            switch (pair)
            {
                case List<object?> { Count: 2 } list: dict.Add(list[0], list[1]); break;
                case PickledTuple { Items: [var key, var value] }: dict.Add(key, value); break;
                default: throw new MalformedFileException("it is damaged: an OrderedDict is made of what are no pairs");
            }
        }

        return dict;
    }
}
