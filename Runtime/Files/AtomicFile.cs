using System.Runtime.InteropServices;

namespace Dlm.Runtime.Files;

/// <summary>
/// Writes a file so that whoever looks finds the old one or the new one, whole, whenever the machine stops: written beside it,
/// flushed to the disk, renamed, the folder flushed.
/// </summary>
internal static partial class AtomicFile
{
    /// <summary>How the names of files end that are still being written.</summary>
    public const string Unfinished = ".partial";

    /// <summary>Replaces the file at <paramref name="path"/> by what <paramref name="write"/> writes, or leaves it as it was.</summary>
    /// <param name="path">The file; its folder is made where it is missing.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="error">Makes what is thrown when the file cannot be written, as on a full disk: of the problem and what to do, and what was thrown below.</param>
    public static void Write(string path, Action<FileStream> write, Func<string, string, Exception, Exception> error)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string partial = Path.Combine(folder, $".{Path.GetFileName(path)}.{Environment.ProcessId}{Unfinished}");
        try
        {
            Directory.CreateDirectory(folder);
            using (FileStream file = new(partial, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 20))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(partial, path, overwrite: true);
            FlushFolder(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            // The last is what .NET makes of a file that grows beyond what its system or its user may have.
            throw error($"it could not be written ({e.Message.TrimEnd('.')})", "Nothing was overwritten. Make room or choose another folder.", e);
        }
        finally
        {
            if (File.Exists(partial)) File.Delete(partial);
        }
    }

    // .NET opens no folders. Windows has no such call and needs none: its file systems log renames.
    private static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        int descriptor = Open(folder, flags: 0);
        if (descriptor < 0) throw new IOException($"the folder cannot be opened, error {Marshal.GetLastPInvokeError()}");
        try
        {
            if (Flush(descriptor) != 0) throw new IOException($"the folder cannot be flushed, error {Marshal.GetLastPInvokeError()}");
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Flush(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
