using System.Diagnostics;
using System.Text;
using Dlm.Runtime.Files;
using Dlm.Runtime.Reports.Html;
using Dlm.Runtime.Training;

namespace Dlm.Runtime.Logging;

/// <summary>
/// A page about the run, in one file that needs nothing else: curves of losses, metrics, rates and speed, what each epoch came to, and the recipe.
/// It is light or dark as the reader's system is, and shows values under the pointer. While the run goes on, an open page reloads itself.
/// </summary>
/// <remarks>It is written anew each time, all or nothing, from the history; so a run that is resumed has all of it.</remarks>
public sealed class HtmlReport : ICallback
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1); // epochs may be much shorter
    private readonly string _path, _title;
    private TrainingProgress? _progress;
    private long _written;

    /// <summary>Makes one.</summary>
    /// <param name="path">The file; its folder is made where it is missing.</param>
    /// <param name="title">The page's heading; without it, the names of the networks' classes.</param>
    /// <param name="between">How often it is written; without it, every 30 seconds, and at the end of each epoch.</param>
    public HtmlReport(string path, string? title = null, TimeSpan? between = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (_path, _title, Between) = (path, title ?? "", between ?? TimeSpan.FromSeconds(30));
    }

    /// <summary>How often it is written.</summary>
    public TimeSpan Between { get; }

    /// <inheritdoc/>
    public void FitStarted(Trainer trainer, TrainingProgress progress)
    {
        _progress = progress;
        Write(trainer);
    }

    /// <inheritdoc/>
    public void LossesRead(Trainer trainer, TrainingProgress progress) => Write(trainer);

    /// <inheritdoc/>
    public void EpochEnded(Trainer trainer, TrainingProgress progress, EpochSummary epoch)
    {
        if (Stopwatch.GetElapsedTime(_written) > Shortest) Write(trainer);
    }

    /// <inheritdoc/>
    public void FitEnded(Trainer trainer, FitResult result) => Write(trainer, result);

    /// <inheritdoc/>
    public void FitFailed(Trainer trainer, TrainingProgress progress, Exception error) => Write(trainer, error: error);

    private void Write(Trainer trainer, FitResult? result = null, Exception? error = null)
    {
        if (StepLog.IsAnothers(trainer)) return;
        string title = _title.Length > 0 ? _title : string.Join(", ", trainer.Objective.Networks.Select(n => n.Network.GetType().Name));
        byte[] page = Encoding.UTF8.GetBytes(new RunPage(title, _progress!, trainer, result, error).ToHtml());
        AtomicFile.Write(_path, file => file.Write(page), (problem, remedy, inner) => new IOException($"{_path}: {problem}. {remedy}", inner));
        _written = Stopwatch.GetTimestamp();
    }
}
