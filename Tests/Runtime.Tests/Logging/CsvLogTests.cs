using System.Globalization;
using Dlm.Runtime.Logging;
using Dlm.Runtime.Schedules;
using Dlm.Runtime.Tests.Training;
using Dlm.Runtime.Training;

namespace Dlm.Runtime.Tests.Logging;

public sealed class CsvLogTests : IDisposable
{
    private static readonly TrainerOptions Options = Run.Quiet with { Epochs = 2, EvaluateEverySteps = 4, Schedule = new CosineSchedule(0.2) };
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(10_000)]
    public void Every_step_has_a_row_with_what_is_known_of_it(int millisecondsBetween)
    {
        using Run run = new(Options);
        run.Trainer.Callbacks.Add(new CsvLog(_folder.File("logs/run.csv"), TimeSpan.FromMilliseconds(millisecondsBetween)));

        TrainingHistory history = run.Trainer.Fit(run.Training, run.Validation).History;

        string[][] rows = [.. File.ReadAllText(_folder.File("logs/run.csv")).Split('\n')[..^1].Select(line => line.Split(','))];
        Assert.Equal(["step", "epoch", "rate", "loss", "accuracy", "val_loss", "val_accuracy"], rows[0]);
        Assert.Equal(Enumerable.Range(1, 20).Select(step => $"{step}"), rows[1..].Select(row => row[0]));
        Assert.Equal(Enumerable.Range(1, 20).Select(step => step <= 10 ? "1" : "2"), rows[1..].Select(row => row[1]));
        Assert.Equal(history.Steps().Select(step => step.Rates[0]), rows[1..].Select(row => Number(row[2])));
        Assert.Equal(history.Losses(), rows[1..].Select(row => Number(row[3])));
        Assert.Equal(["10", "20"], rows[1..].Where(row => row[4].Length > 0).Select(row => row[0]));
        Assert.Equal(history.Epochs[1].Training["accuracy"], Number(rows[20][4]));
        Assert.Equal(["4", "8", "10", "12", "16", "20"], rows[1..].Where(row => row[5].Length > 0).Select(row => row[0]));
        Assert.Equal(history.Evaluations.Select(e => (e.Scores["loss"], e.Scores["accuracy"])), rows[1..].Where(row => row[5].Length > 0).Select(row => (Number(row[5]), Number(row[6]))));
        Assert.True(Number(rows[20][2]) < Number(rows[6][2])); // the rate is the schedule's
    }

    [Fact]
    public void Batches_that_share_a_step_share_a_row()
    {
        using Run run = new(Run.Quiet with { AccumulateBatches = 4 });
        run.Trainer.Callbacks.Add(new CsvLog(_folder.File("run.csv")));

        double[] losses = run.Trainer.Fit(run.Training).History.Losses();

        string[][] rows = [.. File.ReadLines(_folder.File("run.csv")).Skip(1).Select(line => line.Split(','))];
        double[] expected = [losses[..4].Average(), losses[4..8].Average(), losses[8..].Average()];
        Assert.Equal(expected, rows.Select(row => Number(row[3])), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(13)]
    [InlineData(20)]
    public void A_resumed_run_goes_on_in_the_file_and_nothing_stands_there_twice(int checkpoint)
    {
        // The run goes on to its end, so that the file has rows of steps behind the checkpoint, as that of a killed run has.
        TrainerOptions options = Options with { Epochs = 3, CheckpointFolder = _folder.Path, CheckpointEverySteps = 1, KeepCheckpoints = 100 };
        using Run whole = new(options);
        whole.Trainer.Callbacks.Add(new CsvLog(_folder.File("run.csv"), TimeSpan.Zero));
        whole.Trainer.Fit(whole.Training, whole.Validation);
        string expected = File.ReadAllText(_folder.File("run.csv"));
        File.AppendAllText(_folder.File("run.csv"), "31,4,0.00");

        using Run again = new(options, seed: 99);
        again.Trainer.Callbacks.Add(new CsvLog(_folder.File("run.csv"), TimeSpan.Zero));
        again.Trainer.Fit(again.Training, again.Validation, resumeFrom: _folder.File($"step-{checkpoint:d8}.safetensors"));

        Assert.Equal(expected, File.ReadAllText(_folder.File("run.csv")));
    }

    [Fact]
    public void A_run_that_begins_anew_replaces_the_file()
    {
        File.WriteAllText(_folder.File("run.csv"), "of another run");
        using Run run = new(Run.Quiet);
        run.Trainer.Callbacks.Add(new CsvLog(_folder.File("run.csv")));

        run.Trainer.Fit(run.Training);

        Assert.Equal(11, File.ReadAllLines(_folder.File("run.csv")).Length);
    }

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);
}
