using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dlm.Runtime.Native;

/// <summary>
/// What TorchSharp lacks and libdlmtorch.so has (Torch/native), where that file is there and stands on the same libtorch as
/// TorchSharp: then its functions take the handles of TorchSharp's tensors.
/// </summary>
internal static unsafe class NativeFile
{
    private static readonly nint Library = Load(out Path, out Missing);

    /// <summary>The file, whether it is there or not.</summary>
    public static readonly string Path;

    /// <summary>Why it cannot be used; null where it can.</summary>
    public static readonly string? Missing;

    /// <summary>The address of a function; 0 where the file is of no use or has none such.</summary>
    public static nint Find(string function) =>
        Missing is null && NativeLibrary.TryGetExport(Library, function, out nint address) ? address : 0;

    /// <summary>What the last function that failed on this thread had to say.</summary>
    public static string LastError => Text(((delegate* unmanaged<byte*>)NativeLibrary.GetExport(Library, "dlm_last_error"))())!;

    /// <summary>Text of a function's, which stays the function's.</summary>
    public static string? Text(byte* text) => Marshal.PtrToStringUTF8((nint)text);

    /// <summary>Throws libtorch's own message where a function failed, as TorchSharp does.</summary>
    public static void Check(int result)
    {
        if (result < 0) throw new ExternalException(LastError);
    }

    private static nint Load(out string path, out string? missing)
    {
        path = System.IO.Path.Combine(AppContext.BaseDirectory, "libdlmtorch.so");
        nint library = 0;
        if (!File.Exists(path)) missing = $"{path} is missing";
        else if (!NativeLibrary.TryLoad(path, out library)) missing = $"{path} cannot be loaded";
        else
        {
            string theirs = Text(((delegate* unmanaged<byte*>)NativeLibrary.GetExport(library, "dlm_torch_version"))())!;
            missing = __version__.StartsWith(theirs.Split('+')[0], StringComparison.Ordinal) ? null : $"{path} stands on libtorch {theirs}, and TorchSharp on {__version__}";
        }

        return library;
    }
}
