using Dlm.Runtime.Display;
using Dlm.Runtime.Training;
using Spectre.Console;

namespace Dlm.Runtime.Tests.Display;

public sealed class DisplayTests
{
    private static readonly Scores Training = new([new("loss", 0.20131, false), new("accuracy", 0.93712, true)]);
    private static readonly Scores Validation = new([new("loss", 0.0723, false), new("accuracy", 0.9771, true)]);
    private static readonly EpochSummary Epoch = new(1, 938, Training, Validation, 14512.4, 0.0042, TimeSpan.FromSeconds(4.13));
    private static readonly TrainingProgress Progress = At(epoch: 0, batch: 234);

    [Fact]
    public void Plain_lines_are_a_table_with_one_row_for_each_epoch()
    {
        StringWriter output = new();
        PlainDisplay display = new(output);

        display.Show(Progress); // too soon to be shown
        display.ShowEpoch(Progress, Epoch);
        display.ShowEpoch(Progress, Epoch with { Epoch = 2 });

        Assert.Equal(
            """
             epoch    loss  accuracy  val. loss  val. accuracy  images/s    data    time
               1/2  0.2013   93.71 %     0.0723        97.71 %    14,512   0.4 %   4.1 s
               2/2  0.2013   93.71 %     0.0723        97.71 %    14,512   0.4 %   4.1 s

            """.ReplaceLineEndings(),
            output.ToString().ReplaceLineEndings());
    }

    [Fact]
    public void A_long_epoch_says_now_and_then_where_it_stands()
    {
        StringWriter output = new();

        new PlainDisplay(output, TimeSpan.Zero).Show(Progress);

        Assert.Equal("epoch 1/2 25 %  loss 0.2013  accuracy 93.71 %  14,512 images/s  data 0.4 %  1:05 left", output.ToString().TrimEnd());
    }

    [Fact]
    public void A_validation_has_a_line_of_its_own()
    {
        StringWriter output = new();
        TrainingProgress progress = At(epoch: 0, batch: 938);
        progress.Evaluating = new EvaluationProgress("validating", 12, 48);

        new PlainDisplay(output, TimeSpan.Zero).Show(progress);
        Assert.Equal("epoch 1/2 validating 25 %  loss 0.2013  accuracy 93.71 %  1:05 left", output.ToString().TrimEnd());

        (IAnsiConsole console, StringWriter screen) = Terminal(120);
        TerminalDisplay display = new(console);
        display.Run(() => display.Show(progress));
        string line = Plain(screen.ToString()).Split('\n', '\r').First(line => line.Contains('━', StringComparison.Ordinal));
        Assert.StartsWith("1/2 ━━━━━━━━", line, StringComparison.Ordinal);
        Assert.EndsWith("  validating 25 %  loss 0.2013  accuracy 93.71 %  1:05 left", line.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_has_no_epoch()
    {
        StringWriter output = new();

        new PlainDisplay(output, TimeSpan.Zero).Show(new TrainingProgress { Evaluating = new EvaluationProgress("testing", 3, 4) });

        Assert.Equal("testing 75 %", output.ToString().TrimEnd());
    }

    [Theory]
    [InlineData(120)]
    [InlineData(80)]
    [InlineData(30)]
    public void The_moving_line_fits_the_terminal(int width)
    {
        (IAnsiConsole console, StringWriter output) = Terminal(width);
        TerminalDisplay display = new(console);

        display.Run(() =>
        {
            display.Show(Progress);
            display.ShowEpoch(Progress, Epoch);
            display.Show(Progress);
        });

        string[] lines = [.. Plain(output.ToString()).Split('\n', '\r')];
        Assert.Contains(lines, line => line.Contains("1/2 ━━━━━━━━", StringComparison.Ordinal));
        if (width >= 120) Assert.Contains(lines, line => line.Contains("loss 0.2013  accuracy 93.71 %  14,512 images/s  data 0.4 %  1:05 left", StringComparison.Ordinal));
        Assert.All(lines.Where(line => line.Contains('━', StringComparison.Ordinal)), line => Assert.InRange(line.Length, 1, width));
    }

    [Fact]
    public void A_terminal_shows_whole_rows_and_the_line_below_them()
    {
        (IAnsiConsole console, StringWriter output) = Terminal(120);
        TerminalDisplay display = new(console);
        TerminalScreen screen = new();
        string[] during = [];

        console.WriteLine("LeNet-5");
        display.Run(() =>
        {
            for (int batch = 0; batch < 5; batch++) display.Show(At(0, batch));
            display.ShowEpoch(Progress, Epoch);
            for (int batch = 0; batch < 5; batch++) display.Show(At(1, batch));
            during = new TerminalScreen().Feed(output.ToString()).Lines;
            display.ShowEpoch(Progress, Epoch with { Epoch = 2 });
        });
        console.WriteLine("Done.");

        const string Header = " epoch    loss  accuracy  val. loss  val. accuracy  images/s    data    time";
        const string Row = "   1/2  0.2013   93.71 %     0.0723        97.71 %    14,512   0.4 %   4.1 s";
        Assert.Equal(["LeNet-5", Header, Row, ""], during[..^1]);
        Assert.StartsWith("2/2 ━━━━━━━━", during[^1], StringComparison.Ordinal);
        Assert.Equal(["LeNet-5", Header, Row, Row.Replace("1/2", "2/2", StringComparison.Ordinal), "Done."], screen.Feed(output.ToString()).Lines);
    }

    [Fact]
    public void An_error_in_training_comes_out_of_the_display()
    {
        (IAnsiConsole console, _) = Terminal(80);

        Assert.Throws<InvalidDataException>(() => new TerminalDisplay(console).Run(() => throw new InvalidDataException()));
    }

    [Theory]
    [InlineData(0.4, "0:01")]
    [InlineData(61, "1:01")]
    [InlineData(3600 * 27 + 62, "27:01:02")]
    public void Durations_are_short(double seconds, string text) => Assert.Equal(text, TrainingTable.Duration(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void A_confusion_table_has_a_row_for_each_class()
    {
        (IAnsiConsole console, StringWriter output) = Terminal(80);

        console.Write(ConfusionTable.Create(new long[,] { { 90, 10 }, { 0, 50 } }, ["cat", "dog"]));

        string[] rows = Plain(output.ToString()).Split('\n');
        Assert.Contains(rows, row => row.Contains("cat", StringComparison.Ordinal) && row.Contains("90.0 %", StringComparison.Ordinal) && row.Contains("10", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.Contains("dog", StringComparison.Ordinal) && row.Contains("100.0 %", StringComparison.Ordinal) && row.Contains('·', StringComparison.Ordinal));
    }

    private static TrainingProgress At(int epoch, int batch) => new()
    {
        Epochs = 2, Epoch = epoch, Batch = batch, BatchesPerEpoch = 938, SampleNoun = "images", Scores = Training, SamplesPerSecond = 14512.4, DataShare = 0.0042, TimeLeft = TimeSpan.FromSeconds(64.2),
    };

    private static (IAnsiConsole Console, StringWriter Output) Terminal(int width)
    {
        StringWriter output = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.Standard, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = true;
        return (console, output);
    }

    private static string Plain(string text) => System.Text.RegularExpressions.Regex.Replace(text, "\u001b\\[[0-9;?]*[A-Za-z]", "");
}
