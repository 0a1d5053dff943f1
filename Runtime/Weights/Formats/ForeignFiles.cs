using Dlm.Runtime.Files;

namespace Dlm.Runtime.Weights.Formats;

/// <summary>Files that people take for weights, told by how they begin.</summary>
internal static class ForeignFiles
{
    private const string AsSafeTensors = "Convert it to safetensors where its own library is installed.";

    private static readonly (byte[] Start, string What, string Remedy)[] Known =
    [
        ([.. "version https://git-lfs"u8], "a Git LFS pointer, not the file itself", "Fetch the file: git lfs pull."),
        ([.. "<!DOCTYPE"u8], "a web page", "Download the file itself: the link leads to a page about it."),
        ([.. "<html"u8], "a web page", "Download the file itself: the link leads to a page about it."),
        ([0x89, .. "HDF"u8], "an HDF5 file, as Keras writes", AsSafeTensors),
        ([.. "GGUF"u8], "a GGUF file, as llama.cpp reads", "Take the model's safetensors file."),
        ([0x93, .. "NUMPY"u8], "a NumPy array", "Write it in Python: torch.save({'name': torch.from_numpy(array)}, path)."),
        ([0x1f, 0x8b], "compressed by gzip", "Unpack it first."),
        ([0x80], "a pickle that torch.save did not write", "Write the weights in Python: torch.save(model.state_dict(), path)."),
    ];

    /// <summary>Says what a file of no known format is.</summary>
    public static MalformedFileException Describe(ReadOnlySpan<byte> start)
    {
        foreach ((byte[] mark, string what, string remedy) in Known)
        {
            if (start.StartsWith(mark)) return new MalformedFileException($"it is {what}", remedy);
        }

        return start.Length > 262 && start[257..].StartsWith("ustar"u8)
            ? new MalformedFileException("it is a tar file, as PyTorch wrote before version 0.1.10", "Write it anew in Python: torch.save(torch.load(path), 'weights.pt').")
            : new MalformedFileException("it is neither a safetensors file nor one that torch.save wrote", "Give a .safetensors, .pt, .pth or .bin file, or its .index.json.");
    }
}
