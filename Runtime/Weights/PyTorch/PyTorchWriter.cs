using Dlm.Runtime.Weights.Formats;
using static TorchSharp.torch;

namespace Dlm.Runtime.Weights.PyTorch;

/// <summary>Writes a state_dict as <c>torch.save</c> does since version 1.6; <c>torch.load(path, weights_only=True)</c> reads it.</summary>
internal static class PyTorchWriter
{
    private const string Folder = "archive";

    /// <summary>Writes tensors under their keys.</summary>
    /// <param name="file">A new file, at its start.</param>
    /// <param name="tensors">The tensors.</param>
    /// <param name="wide">Write sizes with 64 bits even where 32 are enough.</param>
    /// <exception cref="NotSupportedException">PyTorch has no storage for a tensor's type.</exception>
    public static void Write(Stream file, IReadOnlyDictionary<string, Tensor> tensors, bool wide = false)
    {
        ZipWriter zip = new(file, wide);
        zip.Add($"{Folder}/data.pkl", Pickler.StateDict(tensors));
        zip.Add($"{Folder}/byteorder", "little"u8);
        int number = 0;
        foreach (Tensor tensor in tensors.Values)
        {
            zip.Add(string.Create(null, $"{Folder}/data/{number++}"), tensor.numel() * StorageTypes.Size(tensor.dtype), append => TensorForm.ForEachBlock(tensor, block => append(block)));
        }

        zip.Add($"{Folder}/version", "3\n"u8);
        zip.Finish();
    }
}
