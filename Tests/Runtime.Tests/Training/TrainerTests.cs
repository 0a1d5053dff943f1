using Dlm.Runtime.Data;
using Dlm.Runtime.Data.Drawn;
using Dlm.Runtime.Metrics;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Training;

public sealed class TrainerTests
{
    [Fact]
    public void Drawn_digits_are_learnt()
    {
        manual_seed(0);
        LabelledImages training = DrawnDigits.Draw(2000, seed: 0), test = DrawnDigits.Draw(500, seed: 1);
        using SmallConvNet network = new();
        using Adam optimizer = new(network, 3e-3);
        Trainer trainer = new(new Supervised(network, Losses.CrossEntropy, optimizer, new Accuracy()), Run.Quiet with { Epochs = 4 });

        trainer.Fit(new DataLoader(training, 32, new ShuffledSampler(2000, seed: 0)));

        Assert.InRange(trainer.Evaluate(new DataLoader(test, 100))["accuracy"], 0.9, 1);
    }

    [Fact]
    public void A_seed_makes_a_run_repeat_itself_bit_for_bit()
    {
        double[] losses = Fit(), again = Fit(), others = Fit(seed: 8);

        Assert.Equal(losses, again);
        Assert.NotEqual(losses, others);

        static double[] Fit(long seed = 7)
        {
            using Run run = new(Run.Quiet, seed);
            return run.Trainer.Fit(run.Training).History.Losses();
        }
    }

    [Fact]
    public void The_history_holds_every_batch_and_every_epoch()
    {
        using Run run = new(Run.Quiet with { Epochs = 3 });

        FitResult result = run.Trainer.Fit(run.Training, run.Validation);

        Assert.Equal((StopReason.Finished, 30), (result.Reason, result.Step));
        Assert.Equal(30, result.History.Losses("loss").Length);
        Assert.Equal([1, 2, 3], result.History.Epochs.Select(epoch => epoch.Epoch));
        Assert.Equal([10, 20, 30], result.History.Epochs.Select(epoch => epoch.Step));
        Assert.All(result.History.Epochs, epoch => Assert.InRange(epoch.Validation!["accuracy"], 0, 1));
        Assert.Equal(result.History.Losses()[10..20].Average(), result.History.Epochs[1].Training["loss"], 9);
        Assert.True(result.History.Epochs[2].Validation!["loss"] < result.History.Epochs[0].Validation!["loss"]);
    }

    [Fact]
    public void Training_leaves_no_tensors_behind()
    {
        using Run run = new(Run.Quiet with { Epochs = 31 });
        long after10 = 0;
        List<long> counts = [];
        run.Trainer.Callbacks.Add(new AfterStep((_, progress) =>
        {
            if (progress.Step == 10) after10 = LiveTensors.Count();
            if (progress.Step > 10) counts.Add(Tensor.TotalCount);
        }));

        run.Trainer.Fit(run.Training, run.Validation);

        // Beside the network there may be the losses not read back yet (128 at most) and the batches that are ready.
        Assert.Equal(300, counts.Count);
        Assert.InRange(counts.Max() - after10, -200, 200);
    }

    [Fact]
    public void After_a_run_only_what_was_there_before_is_left()
    {
        using Run run = new(Run.Quiet);
        run.Trainer.Fit(run.Training, run.Validation); // gradients come to be with the first step
        long before = LiveTensors.Count();

        run.Trainer.Fit(run.Training, run.Validation);
        using (ConfusionMatrix confusion = new(10)) run.Trainer.Evaluate(run.Validation, confusion);
        run.Trainer.Predict(run.Validation).Dispose();

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void A_loss_that_is_not_a_number_stops_with_the_step_and_the_samples()
    {
        manual_seed(0);
        using LinearNet network = new(784, 10);
        using Sgd optimizer = new(network, 0.01);
        int calls = 0;
        Tensor Poisoned(Tensor output, Tensor target) => Losses.CrossEntropy(output, target) * (++calls == 4 ? double.NaN : 1);
        Trainer trainer = new(new Supervised(network, Poisoned, optimizer), Run.Quiet);

        NonFiniteLossException error = Assert.Throws<NonFiniteLossException>(() => trainer.Fit(new DataLoader(DrawnDigits.Draw(100, seed: 1), 10)));

        Assert.StartsWith("The loss is not a number at step 4 (epoch 1, batch 4), whose batch holds the samples 30, 31, 32", error.Message, StringComparison.Ordinal);
        Assert.Equal(30, error.Indices[0]);
    }

    [Fact]
    public void Batches_that_share_an_update_equal_one_large_batch()
    {
        double[] Values(int batchSize, int accumulate)
        {
            manual_seed(3);
            using LinearNet network = new(784, 10);
            using Sgd optimizer = new(network, 0.05, momentum: 0.9);
            Trainer trainer = new(new Supervised(network, Losses.CrossEntropy, optimizer), Run.Quiet with { AccumulateBatches = accumulate, Epochs = 2 });
            FitResult result = trainer.Fit(new DataLoader(DrawnDigits.Draw(80, seed: 1), batchSize));
            Assert.Equal(4, result.Step);
            return [.. optimizer.Groups[0].Parts[0].Values.to(ScalarType.Float64).ToArray<double>()];
        }

        double[] large = Values(40, 1), small = Values(10, 4);

        for (int i = 0; i < large.Length; i++) Assert.Equal(large[i], small[i], 1e-6);
    }

    [Fact]
    public void Clipping_bounds_the_step()
    {
        manual_seed(3);
        using LinearNet network = new(784, 10);
        using Sgd optimizer = new(network, 1.0);
        using Tensor before = optimizer.Groups[0].Parts[0].Values.clone();
        Trainer trainer = new(new Supervised(network, (output, target) => 1000 * Losses.CrossEntropy(output, target), optimizer), Run.Quiet with { ClipNorm = 0.25 });

        trainer.Fit(new DataLoader(DrawnDigits.Draw(10, seed: 1), 10));

        using Tensor moved = optimizer.Groups[0].Parts[0].Values - before;
        Assert.Equal(0.25, moved.norm().ToSingle(), 4);
    }

    [Fact]
    public void Clipping_by_value_bounds_what_each_parameter_moves()
    {
        manual_seed(3);
        using LinearNet network = new(784, 10);
        using Sgd optimizer = new(network, 1.0);
        using Tensor before = optimizer.Groups[0].Parts[0].Values.clone();
        Trainer trainer = new(new Supervised(network, (output, target) => 1000 * Losses.CrossEntropy(output, target), optimizer), Run.Quiet with { ClipValue = 0.25 });

        trainer.Fit(new DataLoader(DrawnDigits.Draw(10, seed: 1), 10));

        using Tensor moved = (optimizer.Groups[0].Parts[0].Values - before).abs();
        Assert.Equal(0.25, moved.max().ToSingle(), 5);
        Assert.True((moved > 0.2499).sum().ToInt64() > 100); // many, where the norm alone would have left one
    }

    [Fact]
    public void A_number_of_steps_ends_a_run_within_an_epoch()
    {
        using Run run = new(Run.Quiet with { Epochs = 100, Steps = 13 });

        FitResult result = run.Trainer.Fit(run.Training);

        Assert.Equal((StopReason.Finished, 13, 13), (result.Reason, result.Step, result.History.Losses().Length));
    }

    [Fact]
    public void A_time_limit_ends_a_run()
    {
        using Run run = new(Run.Quiet with { Epochs = 1_000_000, Time = TimeSpan.FromMilliseconds(1) });

        Assert.Equal(StopReason.TimeUsedUp, run.Trainer.Fit(run.Training).Reason);
    }

    [Fact]
    public void Evaluation_runs_in_evaluation_mode_and_puts_every_module_back()
    {
        using Run run = new(Run.Quiet);
        nn.Module frozen = run.Network.named_modules().First(m => m.name.EndsWith("norm1", StringComparison.Ordinal)).module;
        frozen.eval();

        Scores first = run.Trainer.Evaluate(run.Validation), second = run.Trainer.Evaluate(run.Validation);

        Assert.Equal(first["loss"], second["loss"]); // in training mode dropout would make them differ
        Assert.True(run.Network.training);
        Assert.False(frozen.training);
    }

    [Fact]
    public void Predictions_come_in_the_order_of_the_data()
    {
        using Run run = new(Run.Quiet);

        using Tensor whole = run.Trainer.Predict(new DataLoader(DrawnDigits.Draw(30, seed: 5), 30));
        using Tensor pieces = run.Trainer.Predict(new DataLoader(DrawnDigits.Draw(30, seed: 5), 7));

        Assert.Equal([30, 10], whole.shape);
        Assert.True(whole.allclose(pieces, rtol: 1e-4, atol: 1e-5));
    }

    [Fact]
    public void Callbacks_are_called_in_order_and_can_stop_the_run()
    {
        using Run run = new(Run.Quiet with { Epochs = 5 });
        List<string> calls = [];
        run.Trainer.Callbacks.Add(new Listener(calls));
        run.Trainer.Callbacks.Add(new AfterStep((trainer, progress) =>
        {
            if (progress.Step == 12) trainer.Stop();
        }));

        FitResult result = run.Trainer.Fit(run.Training);

        Assert.Equal((StopReason.Stopped, 12), (result.Reason, result.Step));
        Assert.Equal(["started", .. Enumerable.Range(1, 10).Select(i => $"step {i}"), "epoch 1", "step 11", "step 12", "ended"], calls);
    }

    [Fact]
    public void A_network_in_evaluation_mode_is_put_into_training_mode()
    {
        using Run run = new(Run.Quiet);
        run.Network.eval();

        run.Trainer.Fit(run.Training);

        Assert.True(run.Network.training);
    }

    private sealed class Listener(List<string> calls) : ICallback
    {
        public void FitStarted(Trainer trainer, TrainingProgress progress) => calls.Add("started");

        public void StepEnded(Trainer trainer, TrainingProgress progress) => calls.Add($"step {progress.Step}");

        public void EpochEnded(Trainer trainer, TrainingProgress progress, EpochSummary epoch) => calls.Add($"epoch {epoch.Epoch}");

        public void FitEnded(Trainer trainer, FitResult result) => calls.Add("ended");
    }
}
