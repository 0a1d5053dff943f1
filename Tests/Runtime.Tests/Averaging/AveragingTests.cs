using Dlm.Runtime.Averaging;
using Dlm.Runtime.Checkpoints;
using Dlm.Runtime.Data;
using Dlm.Runtime.Tests.Training;
using Dlm.Runtime.Training;
using Dlm.Runtime.Weights;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Averaging;

public sealed class AveragingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<WeightAveraging> Averages => [new ExponentialAverage(0.9), new ExponentialAverage(0.99, warmup: true), new EqualAverage(fromEpoch: 2), new EqualAverage(everySteps: 4)];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_exponential_average_forgets_by_its_decay() =>
        Compare(new ExponentialAverage(0.8), weights => weights.Skip(1).Aggregate(weights[0], (mean, now) => [.. mean.Zip(now, (m, w) => 0.8 * m + 0.2 * w)]));

    [Fact]
    public void A_warm_average_begins_with_a_smaller_decay() =>
        Compare(new ExponentialAverage(0.5, warmup: true), weights => weights.Skip(1).Index().Aggregate(weights[0], (mean, now) =>
        {
            double decay = Math.Min(0.5, (2.0 + now.Index) / (11.0 + now.Index));
            return [.. mean.Zip(now.Item, (m, w) => decay * m + (1 - decay) * w)];
        }));

    [Fact]
    public void An_equal_average_is_the_mean_of_the_epochs_from_one_on() =>
        Compare(new EqualAverage(fromEpoch: 2), weights => Mean(weights[19], weights[29], weights[39]));

    [Fact]
    public void An_equal_average_can_be_taken_within_epochs() =>
        Compare(new EqualAverage(fromEpoch: 3, everySteps: 7), weights => Mean(weights[20], weights[27], weights[34]));

    [Theory]
    [MemberData(nameof(Averages))]
    public void The_run_itself_goes_on_as_without_an_average(WeightAveraging averaging)
    {
        using Run plain = new(Run.Quiet with { Epochs = 3 });
        double[] losses = plain.Trainer.Fit(plain.Training, plain.Validation).History.Losses();

        using Run averaged = new(Run.Quiet with { Epochs = 3, Averaging = averaging, EvaluateEverySteps = 3 });

        Assert.Equal(losses, averaged.Trainer.Fit(averaged.Training, averaged.Validation).History.Losses());
        Assert.NotEqual(plain.State, averaged.State);
    }

    [Fact]
    public void Validation_tests_and_checkpoints_are_the_average_s()
    {
        using Run run = new(Run.Quiet with { Epochs = 2, Averaging = new ExponentialAverage(0.9), CheckpointFolder = _folder.Path });
        List<double> during = [];
        run.Trainer.Callbacks.Add(new AfterStep((trainer, progress) =>
        {
            if (progress.Step == 20) during.Add(trainer.Evaluate(run.Validation)["loss"]);
        }));

        FitResult result = run.Trainer.Fit(run.Training, run.Validation);

        double judged = result.History.Epochs[1].Validation!["loss"];
        Assert.Equal([judged], during);
        Assert.Equal(judged, run.Trainer.Evaluate(run.Validation)["loss"]);
        using Run other = new(Run.Quiet, seed: 99);
        other.Network.LoadWeights(result.Checkpoint!);
        Assert.Equal(run.State, other.State);
        Assert.Equal(judged, other.Trainer.Evaluate(other.Validation)["loss"]);
    }

    [Theory]
    [MemberData(nameof(Averages))]
    public void A_resumed_run_keeps_its_average_bit_for_bit(WeightAveraging averaging)
    {
        TrainerOptions options = Run.Quiet with { Epochs = 3, Averaging = averaging, EvaluateEverySteps = 6, CheckpointFolder = _folder.Path };
        using Run whole = new(options with { CheckpointFolder = null });
        FitResult expected = whole.Trainer.Fit(whole.Training, whole.Validation);
        using (Run first = new(options))
        {
            first.Trainer.Callbacks.Add(new AfterStep((trainer, progress) =>
            {
                if (progress.Step == 17) trainer.Stop();
            }));
            first.Trainer.Fit(first.Training, first.Validation);
        }

        using Run second = new(options, seed: 99);
        FitResult result = second.Trainer.Fit(second.Training, second.Validation, resumeFrom: _folder.Path);

        Assert.Equal(expected.History.Losses(), result.History.Losses());
        Assert.Equal(whole.State, second.State);
        Assert.Equal(expected.History.Evaluations.Select(e => (e.Epoch, e.Step, e.Scores["loss"])), result.History.Evaluations.Select(e => (e.Epoch, e.Step, e.Scores["loss"])));
    }

    [Fact]
    public void A_run_that_goes_on_without_an_average_goes_on_with_the_weights()
    {
        using Run plain = new(Run.Quiet with { Epochs = 2 });
        double[] losses = plain.Trainer.Fit(plain.Training).History.Losses();
        using Run first = new(Run.Quiet with { Averaging = new ExponentialAverage(0.9), CheckpointFolder = _folder.Path });
        first.Trainer.Fit(first.Training);

        using Run second = new(Run.Quiet with { Epochs = 2 });

        Assert.Equal(losses, second.Trainer.Fit(second.Training, resumeFrom: _folder.Path).History.Losses());
        Assert.Equal(plain.State, second.State);
    }

    [Fact]
    public void Weights_of_sixteen_bits_are_averaged_in_thirty_two()
    {
        using Run run = new(Run.Quiet with { Epochs = 2, Averaging = new EqualAverage(), Precision = Precision.BFloat16, CheckpointFolder = _folder.Path });
        List<double[]> ends = [];
        run.Trainer.Callbacks.Add(new AfterStep((_, progress) =>
        {
            if (progress.Step % 10 == 0) ends.Add(Weights(run));
        }));

        FitResult result = run.Trainer.Fit(run.Training, run.Validation);

        PythonReference.Close(Mean(ends[0], ends[1]), Weights(run), 1e-6);
        using CheckpointState state = CheckpointFile.Read(result.Checkpoint!);
        using Tensor trained = run.Network.get_parameter("layers.fc.weight")!.detach();
        Assert.Equal(Numbers([trained]), Numbers([state.Tensor("layers.fc.weight")]));
    }

    private static void Compare(WeightAveraging averaging, Func<List<double[]>, double[]> expected)
    {
        using Run run = new(Run.Quiet with { Epochs = 4, Averaging = averaging });
        List<double[]> weights = [], statistics = [];
        run.Trainer.Callbacks.Add(new AfterStep((_, _) =>
        {
            weights.Add(Weights(run));
            statistics.Add(Statistics(run));
        }));

        run.Trainer.Fit(run.Training);

        PythonReference.Close(expected(weights), Weights(run), 1e-6);
        PythonReference.Close(expected(statistics), Statistics(run), 1e-6);
    }

    private static double[] Weights(Run run) => Numbers(run.Optimizer.Groups[0].Parts.Select(part => part.Values));

    private static double[] Statistics(Run run) => Numbers(run.Network.named_buffers().Where(b => b.name.Contains("running", StringComparison.Ordinal)).Select(b => b.buffer));

    private static double[] Numbers(IEnumerable<Tensor> tensors)
    {
        using var scope = NewDisposeScope();
        return [.. tensors.SelectMany(tensor => tensor.detach().to(ScalarType.Float64).flatten().ToArray<double>())];
    }

    private static double[] Mean(params double[][] vectors) => [.. Enumerable.Range(0, vectors[0].Length).Select(i => vectors.Average(vector => vector[i]))];
}
