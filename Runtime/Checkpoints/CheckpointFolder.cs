using System.Globalization;
using Dlm.Runtime.Files;

namespace Dlm.Runtime.Checkpoints;

/// <summary>The checkpoints of a run, named by step, of which the last few are kept.</summary>
/// <param name="path">The folder; it is made with the first checkpoint.</param>
/// <param name="keep">How many to keep.</param>
public sealed class CheckpointFolder(string path, int keep = 3)
{
    private const string Pattern = "step-*.safetensors";

    /// <summary>The folder.</summary>
    public string Path => path;

    /// <summary>The checkpoints that are there, the newest first.</summary>
    public IReadOnlyList<string> Files =>
        Directory.Exists(path)
            ? [.. new DirectoryInfo(path).GetFiles(Pattern).OrderByDescending(file => file.LastWriteTimeUtc).ThenByDescending(file => file.Name, StringComparer.Ordinal).Select(file => file.FullName)]
            : [];

    /// <summary>Writes a checkpoint, and when it is safe on the disk removes those that are too many.</summary>
    /// <returns>Its path.</returns>
    /// <exception cref="CheckpointException">It cannot be written; the earlier ones are untouched.</exception>
    public string Save(CheckpointState state, long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(keep);
        string file = System.IO.Path.Combine(path, string.Create(CultureInfo.InvariantCulture, $"step-{step:d8}.safetensors"));
        CheckpointFile.Write(file, state);
        foreach (string old in Files.Skip(keep)) File.Delete(old);
        foreach (string broken in Directory.GetFiles(path, $".{Pattern}.*{AtomicFile.Unfinished}")) File.Delete(broken); // left by a run that was killed
        return file;
    }

    /// <summary>Reads the newest checkpoint.</summary>
    /// <exception cref="CheckpointException">There is none, or it is damaged; the message then offers the one before it.</exception>
    public CheckpointState ReadLatest()
    {
        IReadOnlyList<string> files = Files;
        if (files.Count == 0) throw new CheckpointException(path, "there is no checkpoint in it", "Give the folder of an earlier run, or start afresh.");
        return Read(files[0]);
    }

    /// <summary>Reads a checkpoint file, or the newest one of a folder.</summary>
    /// <exception cref="CheckpointException">There is none, or it is damaged; the message then offers the one before it.</exception>
    public static CheckpointState Read(string fileOrFolder)
    {
        if (Directory.Exists(fileOrFolder)) return new CheckpointFolder(fileOrFolder).ReadLatest();
        try
        {
            return CheckpointFile.Read(fileOrFolder);
        }
        catch (CheckpointException e)
        {
            string full = System.IO.Path.GetFullPath(fileOrFolder);
            string? other = new CheckpointFolder(System.IO.Path.GetDirectoryName(full) ?? ".").Files.FirstOrDefault(file => file != full);
            if (other is null) throw;
            throw new CheckpointException(fileOrFolder, e.Message[(fileOrFolder.Length + 2)..].TrimEnd('.'), $"The one before it is {other}", e);
        }
    }
}
