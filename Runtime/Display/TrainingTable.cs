using System.Globalization;
using Dlm.Runtime.Training;

namespace Dlm.Runtime.Display;

/// <summary>Writes a training run as the rows of a table: the same text on a terminal, in a log file and in a test.</summary>
/// <param name="sampleNoun">What a sample is called, in the plural.</param>
internal sealed class TrainingTable(string sampleNoun)
{
    private const int Gap = 2;
    private const int Narrowest = 6;

    /// <summary>The header for rows like <paramref name="epoch"/>.</summary>
    public string Header(EpochSummary epoch, int epochs) => Join(Cells(epoch, epochs).Select(cell => cell.Title.PadLeft(cell.Width)));

    /// <summary>One epoch.</summary>
    public string Row(EpochSummary epoch, int epochs) => Join(Cells(epoch, epochs).Select(cell => cell.Text.PadLeft(cell.Width)));

    /// <summary>Where a run stands, in one line: scores, rate, share of waiting for data, time left.</summary>
    public string Status(TrainingProgress progress)
    {
        List<string> parts = [.. progress.Scores.Select(score => $"{score.Name} {Value(score)}")];
        if (progress.Evaluating is { } now)
        {
            parts.Insert(0, Text($"{now.Activity} {100.0 * now.Batch / now.Batches:0} %"));
        }
        else
        {
            if (progress.SamplesPerSecond > 0) parts.Add(Text($"{progress.SamplesPerSecond:n0} {sampleNoun}/s"));
            parts.Add(Text($"data {100 * progress.DataShare:0.0} %"));
        }

        if (progress.TimeLeft is { } left) parts.Add($"{Duration(left)} left");
        return string.Join("  ", parts);
    }

    /// <summary>What a test came to: "test: loss 0.0723  accuracy 97.71 %  (10,000 images in 1.2 s)".</summary>
    public string Test(Scores scores, long samples, TimeSpan time) =>
        $"test: {string.Join("  ", scores.Select(score => $"{score.Name} {Value(score)}"))}  {Text($"({samples:n0} {sampleNoun} in {time.TotalSeconds:n1} s)")}";

    /// <summary>"1:02:03", "4:05".</summary>
    public static string Duration(TimeSpan time)
    {
        time = TimeSpan.FromSeconds(Math.Ceiling(time.TotalSeconds));
        return time.TotalHours >= 1
            ? Text($"{(long)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
            : Text($"{time.Minutes}:{time.Seconds:00}");
    }

    private IEnumerable<(string Title, string Text, int Width)> Cells(EpochSummary epoch, int epochs)
    {
        yield return Cell("epoch", Text($"{epoch.Epoch}/{epochs}"));
        foreach (Score score in epoch.Training) yield return Cell(score.Name, Value(score));
        foreach (Score score in epoch.Validation ?? new Scores([])) yield return Cell($"val. {score.Name}", Value(score));
        yield return Cell($"{sampleNoun}/s", Text($"{epoch.SamplesPerSecond:n0}"));
        yield return Cell("data", Text($"{100 * epoch.DataShare:0.0} %"));
        yield return Cell("time", Text($"{epoch.Duration.TotalSeconds:n1} s"));
    }

    private static (string Title, string Text, int Width) Cell(string title, string text) => (title, text, Math.Max(Narrowest, title.Length));

    private static string Value(Score score) => score.IsShare ? Text($"{100 * score.Value:0.00} %") : Text($"{score.Value:0.0000}");

    private static string Join(IEnumerable<string> cells) => string.Join(new string(' ', Gap), cells);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
