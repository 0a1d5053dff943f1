using System.IO.MemoryMappedFiles;

namespace Dlm.Runtime.Files;

/// <summary>A file seen as memory: only what is looked at is read from the disk. Every access is checked against the file's length.</summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private byte* _start;

    /// <summary>Maps a file.</summary>
    /// <exception cref="MalformedFileException">The file is empty.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public MappedFile(string path)
    {
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        Length = stream.Length;
        if (Length == 0)
        {
            stream.Dispose();
            throw new MalformedFileException("it is empty");
        }

        _file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        _start += _view.PointerOffset;
    }

    /// <summary>How many bytes there are.</summary>
    public long Length { get; }

    /// <summary>A stretch of the file.</summary>
    /// <exception cref="MalformedFileException">The file is shorter.</exception>
    public ReadOnlySpan<byte> Slice(long offset, long length)
    {
        ObjectDisposedException.ThrowIf(_start is null, this);
        if (offset < 0 || length < 0 || length > int.MaxValue || offset > Length - length)
        {
            throw new MalformedFileException($"it is truncated or damaged: of its {Length} bytes, {length} from byte {offset} on are asked for");
        }

        return new ReadOnlySpan<byte>(_start + offset, (int)length);
    }

    /// <summary>The first bytes, fewer where the file is shorter.</summary>
    public ReadOnlySpan<byte> First(int length) => Slice(0, Math.Min(length, Length));

    /// <summary>Unmaps the file.</summary>
    public void Dispose()
    {
        if (_start is null) return;
        _start = null;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
