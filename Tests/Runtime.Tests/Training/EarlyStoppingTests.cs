using Dlm.Runtime.Checkpoints;
using Dlm.Runtime.Display;
using Dlm.Runtime.Metrics;
using Dlm.Runtime.Training;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Training;

public sealed class EarlyStoppingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0.0, new[] { 1.0, 0.9, 0.8 }, 0, 3, 0.8)]
    [InlineData(0.0, new[] { 1.0, 0.9, 0.9, 0.95 }, 2, 2, 0.9)]
    [InlineData(0.0, new[] { 1.0, double.NaN, double.PositiveInfinity }, 2, 1, 1.0)]
    [InlineData(0.1, new[] { 1.0, 0.95, 0.92, 0.85 }, 0, 4, 0.85)]
    [InlineData(0.2, new[] { 1.0, 0.95, 0.92, 0.85 }, 3, 1, 1.0)]
    public void What_is_no_improvement_is_counted(double minimum, double[] losses, int without, long step, double best)
    {
        IEnumerable<(long, Scores)> validations = losses.Select((loss, i) => (i + 1L, new Scores([new Score("loss", loss, IsShare: false)])));

        Assert.Equal((without, step, best), new EarlyStopping(minimumImprovement: minimum).Judge(validations, new ScoreOrder("loss", HigherIsBetter: false)));
    }

    [Fact]
    public void Of_a_metric_the_larger_value_is_the_better_one()
    {
        ScoreOrder order = new("accuracy", HigherIsBetter: true);

        Assert.True(order.IsBetter(0.6, 0.5, 0.05));
        Assert.False(order.IsBetter(0.54, 0.5, 0.05));
        Assert.True(order.IsBetter(0, double.NaN));
    }

    [Fact]
    public void A_run_that_stops_improving_ends_keeps_its_weights_and_names_the_best()
    {
        StringWriter said = new();
        using Run run = new(Run.Quiet with
        {
            Epochs = 50,
            EarlyStopping = new EarlyStopping("loss", patience: 2, minimumImprovement: 0.2),
            CheckpointFolder = _folder.Path,
            Display = new PlainDisplay(said, TimeSpan.FromHours(1)),
        });

        FitResult result = run.Trainer.Fit(run.Training, run.Validation);

        double[] losses = [.. result.History.Epochs.Select(epoch => epoch.Validation!["loss"])];
        Assert.Equal(StopReason.NoImprovement, result.Reason);
        Assert.InRange(losses.Length, 3, 49);
        Assert.All(losses[^2..], loss => Assert.True(loss > losses[^3] - 0.2)); // the last two brought too little
        Assert.Equal(losses[^1], run.Trainer.Evaluate(run.Validation)["loss"]); // nothing was restored
        Assert.Equal(_folder.File($"step-{10 * (1 + Array.IndexOf(losses, losses.Min())):d8}.safetensors"), result.Best);
        Assert.Contains($"Stopped early after step {result.Step}, in epoch", said.ToString(), StringComparison.Ordinal);
        Assert.Contains($", of step {10 * (losses.Length - 2)}, for 2 validations.", said.ToString(), StringComparison.Ordinal);
        Assert.Contains($"The network has the weights of the last step; the best are in {result.Best}", said.ToString(), StringComparison.Ordinal);

        FitResult again = run.Trainer.Fit(run.Training, run.Validation, resumeFrom: _folder.Path);
        Assert.Equal((StopReason.NoImprovement, result.Step), (again.Reason, again.Step));

        using Run patient = new(Run.Quiet with { Epochs = 50, EarlyStopping = new EarlyStopping("loss", patience: 3, minimumImprovement: 0.2) });
        Assert.True(patient.Trainer.Fit(patient.Training, patient.Validation, resumeFrom: _folder.Path).Step > result.Step);
    }

    [Fact]
    public void Without_validation_data_the_training_scores_decide()
    {
        using Run run = new(Run.Quiet with { Epochs = 50, EarlyStopping = new EarlyStopping("accuracy", patience: 1, minimumImprovement: 0.3) });

        FitResult result = run.Trainer.Fit(run.Training);

        double[] scores = [.. result.History.Epochs.Select(epoch => epoch.Training["accuracy"])];
        Assert.Equal(StopReason.NoImprovement, result.Reason);
        Assert.True(scores[^1] <= scores[^2] + 0.3);
    }

    [Fact]
    public void Validations_within_epochs_count()
    {
        using Run run = new(Run.Quiet with { Epochs = 50, EvaluateEverySteps = 2, EarlyStopping = new EarlyStopping(patience: 2, minimumImprovement: 100) });

        FitResult result = run.Trainer.Fit(run.Training, run.Validation);

        Assert.Equal((StopReason.NoImprovement, 6), (result.Reason, result.Step)); // the first is always the best so far
    }

    [Fact]
    public void A_run_is_validated_every_so_many_steps_and_once_at_an_epoch_s_end()
    {
        using Run run = new(Run.Quiet with { Epochs = 2, EvaluateEverySteps = 5, CheckpointFolder = _folder.Path, KeepCheckpoints = 100 });

        FitResult result = run.Trainer.Fit(run.Training, run.Validation);

        Assert.Equal([(1, 5), (1, 10), (2, 15), (2, 20)], result.History.Evaluations.Select(evaluation => (evaluation.Epoch, evaluation.Step)));
        Assert.Equal(result.History.Epochs.Select(epoch => epoch.Validation), [result.History.Evaluations[1].Scores, result.History.Evaluations[3].Scores]);
        long best = result.History.Evaluations.MinBy(evaluation => evaluation.Scores["loss"])!.Step;
        Assert.Equal(_folder.File($"step-{best:d8}.safetensors"), result.Best);
    }

    [Fact]
    public void What_does_best_within_an_epoch_is_kept()
    {
        using Run run = new(Run.Quiet with { EvaluateEverySteps = 3, CheckpointFolder = _folder.Path, KeepCheckpoints = 1 });
        run.Trainer.Callbacks.Add(new AfterStep((_, progress) =>
        {
            if (progress.Step == 4) run.Optimizer.Groups[0].Rate = 3; // from here on it becomes worse
        }));

        FitResult result = run.Trainer.Fit(run.Training, run.Validation);

        Assert.Equal(_folder.File("step-00000003.safetensors"), result.Best);
        Assert.Equal([_folder.File("step-00000003.safetensors"), _folder.File("step-00000010.safetensors")], Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_metric_says_itself_which_value_is_better()
    {
        using Run run = new(Run.Quiet);
        Supervised objective = new(run.Network, Losses.CrossEntropy, run.Optimizer, new Misses());
        Trainer trainer = new(objective, Run.Quiet with { Epochs = 4, BestBy = "misses", EarlyStopping = new EarlyStopping("misses", patience: 4), CheckpointFolder = _folder.Path });

        FitResult result = trainer.Fit(run.Training, run.Validation);

        double[] misses = [.. result.History.Epochs.Select(epoch => epoch.Validation!["misses"])];
        Assert.True(misses[^1] < misses[0]);
        Assert.Equal(_folder.File($"step-{10 * (1 + Array.IndexOf(misses, misses.Min())):d8}.safetensors"), result.Best);
    }

    [Fact]
    public void Settings_that_cannot_be_are_refused()
    {
        using Run run = new(Run.Quiet);
        ArgumentException score = Assert.Throws<ArgumentException>(() => new Trainer(run.Trainer.Objective, Run.Quiet with { EarlyStopping = new EarlyStopping("acuracy") }));
        Assert.StartsWith("There is no score 'acuracy' that could say when to stop, only 'loss', 'accuracy'.", score.Message, StringComparison.Ordinal);
        Trainer trainer = new(run.Trainer.Objective, Run.Quiet with { EvaluateEverySteps = 5 });
        ArgumentException data = Assert.Throws<ArgumentException>(() => trainer.Fit(run.Training));
        Assert.StartsWith("EvaluateEverySteps asks for validation data. Give it to Fit.", data.Message, StringComparison.Ordinal);
    }

    /// <summary>How many samples are taken for something else.</summary>
    private sealed class Misses : IMetric
    {
        private long _misses;

        public string Name => "misses";

        public bool HigherIsBetter => false;

        public void Update(Tensor output, Tensor target) => _misses += output.argmax(1).ne(target).sum().item<long>();

        public double Read() => _misses;

        public void Reset() => _misses = 0;

        public IMetric Fresh() => new Misses();

        public void Save(CheckpointState state, string prefix) => state.Set($"{prefix}/misses", _misses);

        public void Load(CheckpointState state, string prefix) => _misses = state.Integer($"{prefix}/misses");

        public void Dispose()
        {
        }
    }
}
