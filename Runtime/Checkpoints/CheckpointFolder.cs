using System.Globalization;
using Dlm.Runtime.Files;

namespace Dlm.Runtime.Checkpoints;

/// <summary>The checkpoints of a run, named by step, of which the last few and the best are kept.</summary>
/// <param name="path">The folder; it is made with the first checkpoint.</param>
/// <param name="keep">How many to keep.</param>
public sealed class CheckpointFolder(string path, int keep = 3)
{
    private const string Pattern = "step-*.safetensors";
    private const string BestStepKey = "progress/best_step";

    /// <summary>The folder.</summary>
    public string Path => path;

    /// <summary>The checkpoints that are there, the newest first.</summary>
    public IReadOnlyList<string> Files =>
        Directory.Exists(path)
            ? [.. new DirectoryInfo(path).GetFiles(Pattern).OrderByDescending(file => file.LastWriteTimeUtc).ThenByDescending(file => file.Name, StringComparer.Ordinal).Select(file => file.FullName)]
            : [];

    /// <summary>The best checkpoint as far as the newest one knows; null where no run has judged any, or it is gone.</summary>
    /// <exception cref="CheckpointException">The newest checkpoint is damaged.</exception>
    public string? Best
    {
        get
        {
            if (Files is not [var newest, ..]) return null;
            using CheckpointState state = CheckpointFile.Read(newest);
            return state.Has(BestStepKey) ? Find(state.Integer(BestStepKey)) : null;
        }
    }

    /// <summary>The checkpoint of a step, or null where there is none.</summary>
    public string? Find(long step) => FileOf(step) is var file && File.Exists(file) ? file : null;

    /// <summary>Writes a checkpoint, and when it is safe on the disk removes those that are too many.</summary>
    /// <param name="state">What it holds.</param>
    /// <param name="step">The step it was made at; it names the file.</param>
    /// <param name="best">The step of the best one, which is kept as well; if there is one.</param>
    /// <returns>Its path.</returns>
    /// <exception cref="CheckpointException">It cannot be written, as on a full disk; the earlier ones are untouched, and the message names the last.</exception>
    public string Save(CheckpointState state, long step, long? best = null)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(keep);
        string file = FileOf(step);
        if (best is { } bestStep) state.Set(BestStepKey, bestStep);
        try
        {
            CheckpointFile.Write(file, state);
        }
        catch (CheckpointException e) when (Files is [var last, ..])
        {
            throw new CheckpointException(e.Path, e.Problem, $"{e.Remedy} The last checkpoint is {last}", e);
        }

        string? kept = best is null ? null : System.IO.Path.GetFullPath(FileOf(best.Value));
        foreach (string old in Files.Skip(keep).Where(old => old != kept)) File.Delete(old);
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
            string? other = new CheckpointFolder(System.IO.Path.GetDirectoryName(full) ?? ".").Files.FirstOrDefault(file => file != full && IsWhole(file));
            if (other is null) throw;
            throw new CheckpointException(e.Path, e.Problem, $"{e.Remedy} The one before it is {other}", e);
        }
    }

    private static bool IsWhole(string file)
    {
        try
        {
            CheckpointFile.Read(file).Dispose();
            return true;
        }
        catch (CheckpointException)
        {
            return false;
        }
    }

    /// <summary>Where the checkpoint of a step is, or would be.</summary>
    internal string FileOf(long step) => System.IO.Path.Combine(path, string.Create(CultureInfo.InvariantCulture, $"step-{step:d8}.safetensors"));
}
