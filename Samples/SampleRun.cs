using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Dlm.Runtime.Data;
using Dlm.Runtime.Reports;
using Dlm.Runtime.Training;
using Spectre.Console;

namespace Dlm.Samples;

/// <summary>One run of a sample: what was asked for, and what came of it. The outcome is shown at the end, and written as <c>outcome.json</c> beside its pictures.</summary>
internal sealed class SampleRun(ParseResult options, string name, string folder)
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly List<OutcomeFigure> _figures = [];
    private readonly List<OutcomePicture> _pictures = [];
    private readonly List<OutcomeText> _texts = [];
    private string? _checkpoint;

    /// <summary>The folder that <c>--data</c> names.</summary>
    public required string? Data { get; init; }

    /// <summary>How often to go through the data; zero where the sample has no such option.</summary>
    public required int Epochs { get; init; }

    /// <summary>Where chance begins.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The checkpoint to go on from.</summary>
    public required string? ResumeFrom { get; init; }

    /// <summary>Where checkpoints and pictures go.</summary>
    public string Folder => folder;

    /// <summary>What an option says.</summary>
    public T Get<T>(Option<T> option) => options.GetValue(option)!;

    /// <summary>How to train: as <paramref name="recipe"/> says, as long as the command line says, with checkpoints in the run's folder.</summary>
    public TrainerOptions Plan(TrainerOptions? recipe = null) => (recipe ?? new TrainerOptions()) with
    {
        Epochs = Epochs,
        Placement = Placement.Auto,
        CheckpointFolder = Path.Combine(folder, "checkpoints"),
        ResumeCommand = CommandLine.ToResume,
    };

    /// <summary>Trains, from the checkpoint that the command line names if it names one, and draws the loss.</summary>
    /// <param name="trainer">Made with the options of <see cref="Plan"/>.</param>
    /// <param name="training">To learn from.</param>
    /// <param name="validation">To look at after each epoch.</param>
    /// <param name="title">What the loss curve is of.</param>
    /// <exception cref="OperationCanceledException">The user has ended it.</exception>
    public FitResult Fit(Trainer trainer, DataLoader training, DataLoader? validation = null, string? title = null)
    {
        FitResult result = trainer.Fit(training, validation: validation, resumeFrom: ResumeFrom);
        if (result.Reason == StopReason.Interrupted) throw new OperationCanceledException();
        _checkpoint = result.Checkpoint;
        if (title is not null) Picture("loss", "Loss", LossCurve.Draw(title, result.History));
        return result;
    }

    /// <summary>Says a figure that was reached, such as <c>Test accuracy</c>, <c>99.12 %</c>; those that matter most first.</summary>
    public void Figure(string name, string value) => _figures.Add(new(name, value));

    /// <summary>Keeps a drawing, SVG.</summary>
    public void Picture(string name, string caption, string svg)
    {
        File.WriteAllText(Place(name + ".svg"), svg);
        _pictures.Add(new($"{name}.svg", caption));
    }

    /// <summary>Keeps a picture, PNG.</summary>
    public void Picture(string name, string caption, byte[] png)
    {
        File.WriteAllBytes(Place(name + ".png"), png);
        _pictures.Add(new($"{name}.png", caption));
    }

    /// <summary>Keeps text: what a network wrote, a table of neighbours.</summary>
    public void Text(string caption, string text) => _texts.Add(new(caption, text));

    /// <summary>Shows the outcome, and writes it.</summary>
    public void Finish()
    {
        AnsiConsole.WriteLine();
        foreach (OutcomeText text in _texts)
        {
            AnsiConsole.WriteLine(text.Caption + ":");
            AnsiConsole.WriteLine(text.Text.TrimEnd());
            AnsiConsole.WriteLine();
        }

        Outcome outcome = new(name, CommandLine.Arguments(), Math.Round(Stopwatch.GetElapsedTime(_started).TotalSeconds, 1), Machine(), _figures, _pictures, _texts);
        string path = Place(Outcome.FileName);
        File.WriteAllText(path, outcome.ToJson());
        Grid grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(4)).AddColumn();
        foreach (OutcomeFigure figure in _figures) grid.AddRow(new Text(figure.Name), new Text(figure.Value, new Style(Color.Green)));
        foreach (OutcomePicture picture in _pictures) grid.AddRow(new Text(picture.Caption), new TextPath(Path.Combine(folder, picture.File)));
        if (_checkpoint is not null) grid.AddRow(new Text("Checkpoint"), new TextPath(_checkpoint));
        grid.AddRow(new Text("Time"), new Text(string.Create(CultureInfo.InvariantCulture, $"{outcome.Seconds:0.0} s")));
        AnsiConsole.Write(grid);
    }

    private static string Machine() =>
        $"{Environment.ProcessorCount} cores and {(TorchSharp.torch.cuda.is_available() ? $"{TorchSharp.torch.cuda.device_count()} GPU" : "no GPU")}";

    private string Place(string file)
    {
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, file);
    }
}
