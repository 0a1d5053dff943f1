using System.Globalization;
using System.Text;
using Dlm.Runtime.Files;
using Dlm.Runtime.Training;

namespace Dlm.Runtime.Logging;

/// <summary>
/// A table of the run as comma-separated values (RFC 4180), a row for each step: <c>step,epoch,rate,loss,accuracy,val_loss,val_accuracy</c>. A
/// metric of the training samples stands in the row of the step that ends an epoch, what was validated in the row of the step before it; other
/// cells are empty.
/// </summary>
/// <remarks>A run that begins anew replaces the file; one that is resumed goes on in it, from the step of the checkpoint.</remarks>
public sealed class CsvLog : StepLog
{
    private readonly string _path;
    private string[] _metrics = [];

    /// <summary>Makes one.</summary>
    /// <param name="path">The file; its folder is made where it is missing.</param>
    /// <param name="between">How often it is written to; without it, every 10 seconds, and at the end of each epoch.</param>
    public CsvLog(string path, TimeSpan? between = null)
        : base(between)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = path;
    }

    private protected override long Begin(Trainer trainer, TrainingProgress progress)
    {
        _metrics = [.. trainer.Objective.Metrics.Select(metric => metric.Name)];
        TrainingHistory history = progress.History;
        IEnumerable<string> rates = history.OptimizerNames is [_] ? ["rate"] : history.OptimizerNames.Select(name => $"rate_{name}");
        IEnumerable<string> scores = [.. history.LossNames, .. _metrics];
        StringBuilder text = new(Line(["step", "epoch", .. rates, .. scores, .. scores.Select(score => $"val_{score}")]));

        // All that there was is in the history, so that the file is written from that: whatever it holds now, it is right.
        foreach (LogRow row in LogRow.Of(history, after: 0, progress.Step)) text.Append(Row(history, row));
        AtomicFile.Write(_path, file => file.Write(Encoding.UTF8.GetBytes(text.ToString())), (problem, remedy, inner) => new IOException($"{_path}: {problem}. {remedy}", inner));
        return progress.Step;
    }

    private protected override void Append(TrainingHistory history, IReadOnlyList<LogRow> rows) => File.AppendAllText(_path, string.Concat(rows.Select(row => Row(history, row))));

    private string Row(TrainingHistory history, LogRow row)
    {
        IEnumerable<string> known =
        [
            Text(row.Step.Step), Text(row.Step.Epoch), .. row.Step.Rates.Select(rate => Text(rate)), .. row.Step.Losses.Select(loss => Text(loss)),
            .. _metrics.Select(name => Cell(row.Epoch?.Training, name)), .. history.LossNames.Concat(_metrics).Select(name => Cell(row.Evaluation?.Scores, name)),
        ];
        return Line(known);
    }

    private static string Cell(Scores? scores, string name) => scores is null ? "" : Text(scores[name]);

    private static string Text(IFormattable value) => value.ToString(value is double ? "R" : null, CultureInfo.InvariantCulture);

    private static string Line(IEnumerable<string> cells) => string.Join(',', cells.Select(Quoted)) + "\n";

    private static string Quoted(string cell) => cell.AsSpan().IndexOfAny("\",\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
