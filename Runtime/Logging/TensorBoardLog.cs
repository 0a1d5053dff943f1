using System.Globalization;
using Dlm.Runtime.Logging.TensorBoard;
using Dlm.Runtime.Training;

namespace Dlm.Runtime.Logging;

/// <summary>
/// An event file for TensorBoard (<c>tensorboard --logdir folder</c>): for each step the losses and rates, for each epoch the training scores and how
/// fast it went, for each validation its scores, and the recipe as a text.
/// </summary>
/// <remarks>
/// A run that begins anew adds a file; give each run a folder of its own. One that is resumed goes on in the folder's newest file, from which
/// what came after the checkpoint is taken out first.
/// </remarks>
public sealed class TensorBoardLog : StepLog
{
    private const string Pattern = "events.out.tfevents.*";
    private readonly string _folder;
    private readonly TimeProvider _clock;
    private string _file = "";
    private DateTimeOffset _last;

    /// <summary>Makes one.</summary>
    /// <param name="folder">The folder; it is made where it is missing.</param>
    /// <param name="between">How often it is written to; without it, every 10 seconds, and at the end of each epoch.</param>
    public TensorBoardLog(string folder, TimeSpan? between = null)
        : this(folder, between, TimeProvider.System)
    {
    }

    internal TensorBoardLog(string folder, TimeSpan? between, TimeProvider clock)
        : base(between)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        (_folder, _clock) = (folder, clock);
    }

    private protected override long Begin(Trainer trainer, TrainingProgress progress)
    {
        _last = _clock.GetUtcNow();
        Directory.CreateDirectory(_folder);
        string? newest = progress.Step == 0 ? null : Directory.GetFiles(_folder, Pattern).Order(StringComparer.Ordinal).LastOrDefault();
        if (newest is not null)
        {
            _file = newest;
            return TakeBack(newest, progress.Step);
        }

        _file = NewFile(_last);
        IEnumerable<string> recipe = progress.Recipe.Select(item => $"| {item.Name.Replace('_', ' ')} | {item.Value.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings("<br>")} |\n");
        Append([Events.Version(_last), Events.Markdown(_last, "recipe", $"| | |\n|---|---|\n{string.Concat(recipe)}")]);
        return 0;
    }

    private protected override void Append(TrainingHistory history, IReadOnlyList<LogRow> rows)
    {
        // When each step was made is not known; they were made one after another since the last time.
        DateTimeOffset now = _clock.GetUtcNow();
        TimeSpan each = (now - _last) / rows.Count;
        Append(rows.Select((row, i) => Events.Scalars(_last + each * (i + 1), row.Step.Step, ScalarsOf(history, row))));
        _last = now;
    }

    private static IEnumerable<(string, double)> ScalarsOf(TrainingHistory history, LogRow row) =>
    [
        .. history.LossNames.Zip(row.Step.Losses, (name, loss) => ($"{name}/training", loss)),
        .. history.OptimizerNames.Zip(row.Step.Rates, (name, rate) => (history.OptimizerNames.Count == 1 ? "rate" : $"rate/{name}", rate)),
        .. row.Epoch is not { } epoch ? [] : epoch.Training.Select(score => ($"{score.Name}/epoch", score.Value)),
        .. row.Epoch is not { } timed ? [] : ((string, double)[])[("time/samples per second", timed.SamplesPerSecond), ("time/share of waiting for data", timed.DataShare)],
        .. row.Evaluation is not { } evaluation ? [] : evaluation.Scores.Select(score => ($"{score.Name}/validation", score.Value)),
    ];

    // The last step that is there may be there in part only, if the program was killed; it is written again.
    private static long TakeBack(string path, long step)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        (long start, long last, long end) = (0, 0, 0);
        foreach ((long at, byte[] data) in TfRecords.Read(file))
        {
            long now = Events.StepOf(data);
            if (now > step) break;
            if (now > last) (start, last) = (at, now);
            end = file.Position;
        }

        file.SetLength(last == 0 ? end : start);
        return Math.Max(0, last - 1);
    }

    // The names' order is that of time: TensorBoard, and a resumed run, take the last.
    private string NewFile(DateTimeOffset time)
    {
        for (int number = 0; ; number++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{time.ToUnixTimeSeconds():d10}.{Environment.MachineName}.{Environment.ProcessId}.{number}");
            string path = Path.Combine(_folder, name);
            if (!File.Exists(path)) return path;
        }
    }

    private void Append(IEnumerable<byte[]> events)
    {
        using MemoryStream records = new();
        foreach (byte[] data in events) TfRecords.Write(records, data);
        using FileStream file = new(_file, FileMode.Append, FileAccess.Write, FileShare.Read);
        records.WriteTo(file);
    }
}
