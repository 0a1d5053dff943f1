using Dlm.Runtime.Display;
using Dlm.Runtime.Training;

namespace Dlm.Runtime.Tests.Training;

public sealed class ReadBackTests
{
    [Fact]
    public void Losses_are_read_back_only_when_they_are_shown()
    {
        using Run run = new(Run.Quiet with { Epochs = 3 });
        List<long> counts = [];
        run.Trainer.Callbacks.Add(new AfterStep((_, progress) => counts.Add(progress.Losses!.ReadBacks)));

        FitResult result = run.Trainer.Fit(run.Training, run.Validation);

        // Nothing is shown but what an epoch came to.
        Assert.Equal([.. Enumerable.Repeat(0L, 10), .. Enumerable.Repeat(1L, 10), .. Enumerable.Repeat(2L, 10)], counts);
        Assert.Equal(30, result.History.Losses().Length);
    }

    [Fact]
    public void What_asks_for_them_more_often_gets_them()
    {
        using Run run = new(Run.Quiet with { Display = new Impatient() });
        List<long> counts = [];
        run.Trainer.Callbacks.Add(new AfterStep((_, progress) => counts.Add(progress.Losses!.ReadBacks)));

        run.Trainer.Fit(run.Training);

        Assert.Equal(Enumerable.Range(0, 10).Select(i => (long)i), counts);
    }

    [Fact]
    public void Very_many_are_read_back_together_before_they_take_much_memory()
    {
        using Run run = new(Run.Quiet);
        Dlm.Runtime.Data.DataLoader single = new(run.Training.Dataset, 1);
        List<long> counts = [];
        run.Trainer.Callbacks.Add(new AfterStep((_, progress) => counts.Add(progress.Losses!.ReadBacks)));

        run.Trainer.Fit(single);

        Assert.Equal(160, counts.Count);
        Assert.Equal([0, 1], counts.Distinct());
        Assert.Equal(127, counts.LastIndexOf(0) + 1);
    }

    [Fact]
    public void A_callback_gets_losses_as_often_as_it_asks()
    {
        using Run run = new(Run.Quiet with { Epochs = 2 });
        Reader seldom = new(TimeSpan.MaxValue);
        run.Trainer.Callbacks.Add(seldom);
        run.Trainer.Fit(run.Training);
        Assert.Empty(seldom.Known);

        using Run again = new(Run.Quiet);
        Reader often = new(TimeSpan.Zero);
        again.Trainer.Callbacks.Add(often);
        again.Trainer.Fit(again.Training);
        Assert.Equal(Enumerable.Range(1, 10), often.Known);
    }

    [Fact]
    public void The_line_moves_while_a_validation_runs()
    {
        Impatient display = new();
        using Run run = new(Run.Quiet with { Epochs = 2, Display = display });

        run.Trainer.Fit(run.Training, new Dlm.Runtime.Data.DataLoader(run.Training.Dataset, 40));

        string[] expected = ["validating 0/4", "validating 1/4", "validating 2/4", "validating 3/4", "validating 4/4"];
        Assert.Equal([.. expected, .. expected], display.Shown.Where(line => line.Length > 0));
        Assert.Equal("", display.Shown[^6]);
    }

    private sealed class Reader(TimeSpan between) : ICallback
    {
        public List<int> Known { get; } = [];

        public TimeSpan Between => between;

        public void LossesRead(Trainer trainer, TrainingProgress progress) => Known.Add(progress.History.Losses().Length);
    }

    private sealed class Impatient : ITrainingDisplay
    {
        public List<string> Shown { get; } = [];

        public TimeSpan Between => TimeSpan.Zero;

        public void Run(Action training) => training();

        public void Show(TrainingProgress progress) => Shown.Add(progress.Evaluating is { } now ? $"{now.Activity} {now.Batch}/{now.Batches}" : "");

        public void ShowEpoch(TrainingProgress progress, EpochSummary epoch)
        {
        }

        public void Say(string sentence)
        {
        }
    }
}
