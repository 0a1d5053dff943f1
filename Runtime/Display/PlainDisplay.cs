using System.Diagnostics;
using System.Globalization;
using Dlm.Runtime.Training;

namespace Dlm.Runtime.Display;

/// <summary>Shows a run in plain lines, for log files and pipes: one for each epoch, and one now and then within a long one.</summary>
/// <param name="output">Where to write.</param>
/// <param name="between">The time between lines within an epoch; without it, 20 seconds.</param>
public sealed class PlainDisplay(TextWriter output, TimeSpan? between = null) : ITrainingDisplay
{
    private readonly TimeSpan _between = between ?? TimeSpan.FromSeconds(20);
    private long _last = Stopwatch.GetTimestamp();
    private bool _headed;

    /// <inheritdoc/>
    public TimeSpan Between => _between;

    /// <inheritdoc/>
    public void Run(Action training)
    {
        ArgumentNullException.ThrowIfNull(training);
        training();
    }

    /// <inheritdoc/>
    public void Show(TrainingProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        if (Stopwatch.GetElapsedTime(_last) < _between) return;
        string epoch = progress.Epochs == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"epoch {progress.Epoch + 1}/{progress.Epochs} ");
        string share = progress.Evaluating is null ? string.Create(CultureInfo.InvariantCulture, $"{100.0 * progress.Batch / progress.BatchesPerEpoch:0} %  ") : "";
        WriteLine(epoch + share + new TrainingTable(progress.SampleNoun).Status(progress));
    }

    /// <inheritdoc/>
    public void ShowEpoch(TrainingProgress progress, EpochSummary epoch)
    {
        ArgumentNullException.ThrowIfNull(progress);
        TrainingTable table = new(progress.SampleNoun);
        if (!_headed) WriteLine(table.Header(epoch, progress.Epochs));
        _headed = true;
        WriteLine(table.Row(epoch, progress.Epochs));
    }

    /// <inheritdoc/>
    public void Say(string sentence) => WriteLine(sentence);

    private void WriteLine(string line)
    {
        output.WriteLine(line);
        output.Flush();
        _last = Stopwatch.GetTimestamp();
    }
}
