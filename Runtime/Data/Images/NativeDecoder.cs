using System.Runtime.InteropServices;

namespace Dlm.Runtime.Data.Images;

/// <summary>A decoder that the machine has, or has not.</summary>
internal sealed class NativeDecoder
{
    private readonly string _name, _repair;
    private readonly Lazy<nint> _library;

    /// <summary>Looks for a library when it is first needed.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="repair">How to get it, a whole sentence.</param>
    /// <param name="files">The names it may have on Linux, macOS and Windows.</param>
    public NativeDecoder(string name, string repair, params string[] files)
    {
        (_name, _repair) = (name, repair);
        _library = new Lazy<nint>(() => files.Select(file => NativeLibrary.TryLoad(file, out nint library) ? library : 0).FirstOrDefault(library => library != 0));
    }

    /// <summary>Whether the machine has it.</summary>
    public bool IsThere => _library.Value != 0;

    /// <summary>One of its functions.</summary>
    /// <exception cref="DataFileException">The machine has no such library: what to install to read the file at <paramref name="path"/>.</exception>
    public nint Function(string name, string path) => IsThere && NativeLibrary.TryGetExport(_library.Value, name, out nint function)
        ? function
        : throw new DataFileException(path, $"it cannot be decoded, as this machine has no {_name}", _repair);
}
