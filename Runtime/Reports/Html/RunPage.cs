using System.Globalization;
using System.Net;
using System.Text;
using Dlm.Runtime.Display;
using Dlm.Runtime.Training;

namespace Dlm.Runtime.Reports.Html;

/// <summary>A training run as one page that needs nothing but itself.</summary>
/// <param name="title">Its heading.</param>
/// <param name="progress">Where the run stands.</param>
/// <param name="trainer">Whose run it is.</param>
/// <param name="result">How it ended, if it has.</param>
/// <param name="error">What ended it, if an exception did.</param>
internal sealed class RunPage(string title, TrainingProgress progress, Trainer trainer, FitResult? result, Exception? error = null)
{
    private const int SecondsBetweenLooks = 30;
    private const int MostRates = 300;
    private readonly TrainingHistory _history = progress.History;
    private readonly StringBuilder _html = new();

    /// <summary>Writes the page.</summary>
    public string ToHtml()
    {
        string reload = IsRunning ? $"<meta http-equiv=\"refresh\" content=\"{SecondsBetweenLooks}\">\n" : "";
        _html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        _html.Append(CultureInfo.InvariantCulture, $"{reload}<title>{Encoded(title)}</title>\n<style>\n{Resource("page.css")}</style>\n</head>\n<body>\n");
        _html.Append(CultureInfo.InvariantCulture, $"<h1>{Encoded(title)}</h1>\n<p class=\"state\">{Encoded(State())}</p>\n");
        Tiles();
        Charts();
        Epochs();
        Table("Recipe", "recipe", progress.Recipe.Where(item => item.Value != "none").Select(item => (string[])[item.Name.Replace('_', ' '), item.Value]));
        if (result is not null) Table("Files", "recipe", from file in ((string, string?)[])[("last checkpoint", result.Checkpoint), ("best checkpoint", result.Best)] where file.Item2 is not null select (string[])[file.Item1, file.Item2]);
        return _html.Append(CultureInfo.InvariantCulture, $"<script>\n{Resource("page.js")}</script>\n</body>\n</html>\n").ToString();
    }

    private bool IsRunning => result is null && error is null;

    private string State()
    {
        string where = Invariant($"step {progress.Step:n0}, epoch {Math.Min(progress.Epoch + 1, progress.Epochs)} of {progress.Epochs}");
        if (error is not null) return $"Failed after {where}: {error.Message}";
        return result?.Reason switch
        {
            null => char.ToUpperInvariant(where[0]) + where[1..],
            StopReason.Finished => $"Finished at {where}",
            StopReason.NoImprovement => $"Stopped early at {where}",
            StopReason.TimeUsedUp => $"Stopped at {where}: the time was used up",
            StopReason.Interrupted => $"Interrupted at {where}",
            _ => $"Stopped at {where}",
        };
    }

    private void Tiles()
    {
        _html.Append("<div class=\"tiles\">\n");
        if (Best is { } best)
        {
            string name = trainer.BestBy.Name;
            Tile(Value(best.Scores.First(score => score.Name == name)), Invariant($"best validation {name}, step {best.Step:n0}"));
        }

        if (_history.Epochs is [.., var last])
        {
            foreach (Score score in last.Training) Tile(Value(score), $"training {score.Name}, last epoch");
            foreach (Score score in last.Validation ?? new Scores([])) Tile(Value(score), $"validation {score.Name}, last epoch");
            TimeSpan time = TimeSpan.FromTicks(_history.Epochs.Sum(epoch => epoch.Duration.Ticks));
            Tile(TrainingTable.Duration(time), "training, all epochs");
            Tile(Invariant($"{_history.Epochs.Sum(epoch => epoch.SamplesPerSecond * epoch.Duration.TotalSeconds) / Math.Max(1e-9, time.TotalSeconds):n0}"), $"{progress.SampleNoun} a second");
        }

        if (progress.TimeLeft is { } left && IsRunning) Tile(TrainingTable.Duration(left), "left");
        _html.Append("</div>\n");
    }

    private void Charts()
    {
        _html.Append("<div class=\"charts\">\n");
        foreach (string loss in _history.LossNames) Chart(loss, [Training(loss), Validation(loss)]);
        foreach (Score metric in _history.Evaluations.Select(evaluation => evaluation.Scores).Concat(_history.Epochs.Select(epoch => epoch.Training)).FirstOrDefault()?.Skip(_history.LossNames.Count) ?? [])
        {
            ChartSeries training = new("training, whole epochs", [.. _history.Epochs.Select(epoch => ((double)epoch.Epoch, epoch.Training[metric.Name]))]) { Dots = Few(_history.Epochs.Count) };
            Chart(metric.Name, [training, Validation(metric.Name)], metric.IsShare);
        }

        TrainingStep[] steps = [.. _history.Steps()];
        int every = Math.Max(1, steps.Length / MostRates);
        Chart("learning rate", [.. _history.OptimizerNames.Select((name, i) => new ChartSeries(name, [.. steps.Where(step => (step.Step - 1) % every == 0).Select(step => (At(step.Step), step.Rates[i]))]))], scale: ChartScale.FromZero);
        Chart($"{progress.SampleNoun} a second", [new ChartSeries("training", [.. _history.Epochs.Select(epoch => ((double)epoch.Epoch, epoch.SamplesPerSecond))]) { Dots = Few(_history.Epochs.Count) }], scale: ChartScale.FromZero);
        _html.Append("</div>\n");
    }

    private void Chart(string name, IEnumerable<ChartSeries> series, bool isShare = false, ChartScale scale = ChartScale.Fitting)
    {
        ChartSeries[] drawn = [.. series.Where(s => s.Points.Count > 0)];
        if (drawn.Length > 0) _html.Append(new LineChart(name, drawn, Math.Max(At(progress.Step), _history.Epochs.Count), isShare, scale).ToHtml());
    }

    private ChartSeries Training(string loss)
    {
        int index = _history.LossNames.ToList().IndexOf(loss);
        LossBand[] bands = [.. LossBand.Along([.. _history.Steps().Select(step => step.Losses[index])])];
        return new ChartSeries("training, 80 % of steps around their mean", [.. bands.Select(b => (At(b.Batch + 1), b.Mean))]) { Band = [.. bands.Select(b => (At(b.Batch + 1), b.Low, b.High))] };
    }

    private ChartSeries Validation(string name) => new("validation", [.. _history.Evaluations.Select(evaluation => (At(evaluation.Step), evaluation.Scores[name]))])
    {
        Dots = Few(_history.Evaluations.Count), Best = Best is { } best && trainer.BestBy.Name == name ? (At(best.Step), best.Scores[name]) : null,
    };

    private void Epochs()
    {
        if (_history.Epochs.Count == 0) return;
        _html.Append("<h2>Epochs</h2>\n<div class=\"wide\"><table>\n<tr><th>epoch</th><th>step</th>");
        foreach (Score score in _history.Epochs[0].Training) _html.Append(CultureInfo.InvariantCulture, $"<th>{Encoded(score.Name)}</th>");
        foreach (Score score in _history.Epochs[0].Validation ?? new Scores([])) _html.Append(CultureInfo.InvariantCulture, $"<th>validation {Encoded(score.Name)}</th>");
        _html.Append(CultureInfo.InvariantCulture, $"<th>{Encoded(progress.SampleNoun)}/s</th><th>data</th><th>time</th></tr>\n");
        foreach (EpochSummary epoch in _history.Epochs)
        {
            IEnumerable<string> cells =
            [
                Invariant($"{epoch.Epoch}"), Invariant($"{epoch.Step:n0}"), .. epoch.Training.Select(Value), .. (epoch.Validation ?? new Scores([])).Select(Value),
                Invariant($"{epoch.SamplesPerSecond:n0}"), Invariant($"{100 * epoch.DataShare:0.0} %"), Invariant($"{epoch.Duration.TotalSeconds:n1} s"),
            ];
            _html.Append(CultureInfo.InvariantCulture, $"<tr{(epoch.Step == Best?.Step ? " class=\"top\"" : "")}>{string.Concat(cells.Select(cell => $"<td>{cell}</td>"))}</tr>\n");
        }

        _html.Append("</table></div>\n");
    }

    private void Table(string heading, string kind, IEnumerable<string[]> rows)
    {
        _html.Append(CultureInfo.InvariantCulture, $"<h2>{heading}</h2>\n<div class=\"wide\"><table class=\"{kind}\">\n");
        foreach (string[] row in rows) _html.Append(CultureInfo.InvariantCulture, $"<tr><th>{Encoded(row[0])}</th><td>{Encoded(row[1])}</td></tr>\n");
        _html.Append("</table></div>\n");
    }

    private void Tile(string value, string what) => _html.Append(CultureInfo.InvariantCulture, $"<div class=\"tile\"><b>{Encoded(value)}</b><span>{Encoded(what)}</span></div>\n");

    private Evaluation? Best => _history.Best(trainer.BestBy);

    private double At(long step) => _history.EpochsAt(step);

    private static bool Few(int points) => points <= 60;

    private static string Value(Score score) => score.IsShare ? Invariant($"{100 * score.Value:0.00} %") : Invariant($"{score.Value:0.0000}");

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Resource(string name)
    {
        using StreamReader reader = new(typeof(RunPage).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
