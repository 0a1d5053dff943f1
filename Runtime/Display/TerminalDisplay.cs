using System.Globalization;
using Dlm.Runtime.Training;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Dlm.Runtime.Display;

/// <summary>Shows a run on a terminal: a line that moves, and above it a row for each finished epoch.</summary>
/// <param name="console">The terminal.</param>
public sealed class TerminalDisplay(IAnsiConsole console) : ITrainingDisplay
{
    private LiveDisplayContext? _live;
    private bool _headed;

    /// <inheritdoc/>
    public void Run(Action training)
    {
        ArgumentNullException.ThrowIfNull(training);
        console.Live(new Text("")).AutoClear(true).Start(live =>
        {
            _live = live;
            training();
        });
        _live = null;
    }

    /// <inheritdoc/>
    public void Show(TrainingProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        if (_live is null) return;
        _live.UpdateTarget(new ProgressLine(progress));
        _live.Refresh();
    }

    /// <inheritdoc/>
    public void ShowEpoch(TrainingProgress progress, EpochSummary epoch)
    {
        ArgumentNullException.ThrowIfNull(progress);
        TrainingTable table = new(progress.SampleNoun);
        if (!_headed) console.WriteLine(table.Header(epoch, progress.Epochs), new Style(decoration: Decoration.Dim));
        _headed = true;
        console.WriteLine(table.Row(epoch, progress.Epochs));
    }

    /// <inheritdoc/>
    public void Say(string sentence) => console.Profile.Out.Writer.WriteLine(sentence); // unbroken, so that a command in it can be copied

    /// <summary>"1/2 ━━━━━━━━━╺━━━━━  loss 0.1912  accuracy 94.12 %  14,512 images/s  data 0.4 %  0:03 left", as wide as the terminal.</summary>
    /// <remarks>
    /// Below an empty line: Spectre.Console goes back to the top of what is live by moving up its height less one, and terminals take a
    /// move by 0 as one by 1. Both lines are filled with blanks, because it writes over what was there without erasing it.
    /// </remarks>
    private sealed class ProgressLine(TrainingProgress progress) : Renderable
    {
        private const int Shortest = 8;
        private const int Longest = 40;
        private readonly string _epoch = progress.Epochs == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{Math.Min(progress.Epoch + 1, progress.Epochs)}/{progress.Epochs} ");
        private readonly string _status = "  " + new TrainingTable(progress.SampleNoun).Status(progress);
        private readonly double _done = progress.Evaluating is { } now ? now.Batch / (double)now.Batches : progress.Batch / (double)progress.BatchesPerEpoch;

        protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
        {
            int width = Math.Clamp(maxWidth - _epoch.Length - _status.Length - 1, Shortest, Longest);
            int done = (int)Math.Round(_done * width);
            int room = Math.Max(0, maxWidth - _epoch.Length - width - 1);
            (char full, char rest) = options.Unicode ? ('━', '━') : ('#', '-');
            string status = _status.Length > room ? _status[..room] : _status.PadRight(room);
            yield return new Segment(new string(' ', Math.Max(0, maxWidth - 1)));
            yield return Segment.LineBreak;
            yield return new Segment(_epoch);
            yield return new Segment(new string(full, done), new Style(Color.Green));
            yield return new Segment(new string(rest, width - done), new Style(Color.Grey));
            yield return new Segment(status);
            yield return Segment.LineBreak;
        }
    }
}
