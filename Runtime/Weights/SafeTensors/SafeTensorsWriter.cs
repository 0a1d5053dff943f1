using Dlm.Runtime.Weights.Formats;
using static TorchSharp.torch;

namespace Dlm.Runtime.Weights.SafeTensors;

/// <summary>Writes safetensors files.</summary>
internal static class SafeTensorsWriter
{
    // Readers of other libraries look for this text to know whose conventions the keys follow.
    private static readonly Dictionary<string, string> Texts = new() { ["format"] = "pt" };

    /// <summary>Lays tensors one after another, the largest elements first, so that every tensor begins at a multiple of its element's size.</summary>
    /// <exception cref="NotSupportedException">The format has no elements of a tensor's type.</exception>
    public static SafeTensorsHeader Lay(IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string> texts)
    {
        List<SafeTensorsEntry> entries = [];
        long at = 0;
        foreach ((string name, Tensor tensor) in tensors.OrderByDescending(t => SafeTensorsTypes.Size(t.Value.dtype)))
        {
            long end = at + tensor.numel() * SafeTensorsTypes.Size(tensor.dtype);
            entries.Add(new SafeTensorsEntry(name, tensor.dtype, tensor.shape, at, end));
            at = end;
        }

        return new SafeTensorsHeader(entries, texts);
    }

    /// <summary>Writes tensors under their keys.</summary>
    /// <exception cref="NotSupportedException">The format has no elements of a tensor's type.</exception>
    public static void Write(Stream file, IReadOnlyDictionary<string, Tensor> tensors)
    {
        SafeTensorsHeader header = Lay(tensors, Texts);
        file.Write(header.ToBytes());
        foreach (SafeTensorsEntry entry in header.Entries) TensorForm.ForEachBlock(tensors[entry.Name], block => file.Write(block));
    }
}
