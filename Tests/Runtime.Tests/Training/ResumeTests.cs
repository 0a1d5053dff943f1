using System.Runtime.InteropServices;
using Dlm.Runtime.Checkpoints;
using Dlm.Runtime.Data.Transforms;
using Dlm.Runtime.Display;
using Dlm.Runtime.Schedules;
using Dlm.Runtime.Training;

namespace Dlm.Runtime.Tests.Training;

public sealed partial class ResumeTests : IDisposable
{
    private const int Terminate = 15; // Ctrl-C takes the same way, but would end the test runner as well

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(7, 1)]
    [InlineData(10, 1)]
    [InlineData(13, 1)]
    [InlineData(3, 3)]
    public void A_resumed_run_equals_one_that_was_never_stopped_bit_for_bit(int stopAfter, int accumulate)
    {
        TrainerOptions options = Run.Quiet with { Epochs = 3, AccumulateBatches = accumulate, Schedule = new CosineSchedule(0.2), CheckpointFolder = _folder.Path };
        using Run whole = new(options with { CheckpointFolder = null });
        FitResult expected = whole.Trainer.Fit(whole.Training, whole.Validation);
        byte[] state = whole.State;

        using (Run first = new(options))
        {
            first.Trainer.Callbacks.Add(new AfterStep((trainer, progress) =>
            {
                if (progress.Step == stopAfter) trainer.Stop();
            }));
            first.Trainer.Fit(first.Training, first.Validation);
        }

        using Run second = new(options, seed: 99);
        FitResult result = second.Trainer.Fit(second.Training, second.Validation, resumeFrom: _folder.Path);

        Assert.Equal(expected.History.Losses(), result.History.Losses());
        Assert.Equal(state, second.State);
        Assert.Equal(expected.Step, result.Step);
        Assert.Equal(expected.History.Epochs.Select(e => (e.Epoch, e.Step, e.Training["loss"], e.Training["accuracy"], e.Validation!["loss"], e.Validation["accuracy"])),
            result.History.Epochs.Select(e => (e.Epoch, e.Step, e.Training["loss"], e.Training["accuracy"], e.Validation!["loss"], e.Validation["accuracy"])));
    }

    [Fact]
    public void What_chance_does_to_the_samples_goes_on_too()
    {
        TrainerOptions options = Run.Quiet with { Epochs = 2, CheckpointFolder = _folder.Path };
        using Run whole = new(options with { CheckpointFolder = null }, transform: Chance());
        FitResult expected = whole.Trainer.Fit(whole.Training);
        using (Run first = new(options, transform: Chance()))
        {
            first.Trainer.Callbacks.Add(new AfterStep((trainer, progress) =>
            {
                if (progress.Step == 13) trainer.Stop();
            }));
            first.Trainer.Fit(first.Training);
        }

        using Run second = new(options, seed: 99, transform: Chance());
        FitResult result = second.Trainer.Fit(second.Training, resumeFrom: _folder.Path);

        Assert.Equal(expected.History.Losses(), result.History.Losses());
        Assert.Equal(whole.State, second.State);

        static ITransform Chance() => new Chain(new Augmentation(5, new RandomCrop(28, pad: 2), new HorizontalFlip(), new Cutout(6)), new Mixup(6, classes: 10));
    }

    [Fact]
    public void Checkpoints_are_written_every_so_many_steps_and_the_last_few_kept()
    {
        using Run run = new(Run.Quiet with { Epochs = 2, CheckpointFolder = _folder.Path, CheckpointEverySteps = 4, KeepCheckpoints = 3 });

        FitResult result = run.Trainer.Fit(run.Training);

        Assert.Equal(
            ["step-00000020.safetensors", "step-00000016.safetensors", "step-00000012.safetensors"],
            new CheckpointFolder(_folder.Path).Files.Select(Path.GetFileName));
        Assert.Equal(_folder.File("step-00000020.safetensors"), result.Checkpoint);
    }

    [Fact]
    public void What_a_killed_run_left_unfinished_is_swept_away()
    {
        File.WriteAllText(_folder.File(".step-00000003.safetensors.123.partial"), "half");
        using Run run = new(Run.Quiet with { CheckpointFolder = _folder.Path });

        run.Trainer.Fit(run.Training);

        Assert.Equal([_folder.File("step-00000010.safetensors")], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Resuming_a_run_that_was_finished_changes_nothing()
    {
        using Run run = new(Run.Quiet with { CheckpointFolder = _folder.Path });
        FitResult done = run.Trainer.Fit(run.Training);
        byte[] state = run.State;

        FitResult again = run.Trainer.Fit(run.Training, resumeFrom: _folder.Path);

        Assert.Equal((StopReason.Finished, done.Step, done.Checkpoint), (again.Reason, again.Step, again.Checkpoint));
        Assert.Equal(done.History.Losses(), again.History.Losses());
        Assert.Equal(state, run.State);
    }

    [Fact]
    public void A_signal_finishes_the_step_writes_a_checkpoint_and_says_how_to_go_on()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows has no kill");
        StringWriter said = new();
        TrainerOptions options = new()
        {
            Epochs = 1000, CheckpointFolder = _folder.Path, Display = new PlainDisplay(said, TimeSpan.FromHours(1)), ResumeCommand = path => $"train --resume {path}",
        };
        using Run run = new(options);
        run.Trainer.Callbacks.Add(new AfterStep((_, progress) =>
        {
            if (progress.Step == 5) Assert.Equal(0, Kill(Environment.ProcessId, Terminate));
        }));

        FitResult result = run.Trainer.Fit(run.Training);

        Assert.Equal(StopReason.Interrupted, result.Reason);
        Assert.InRange(result.Step, 5, 9_999);
        Assert.True(File.Exists(result.Checkpoint));
        Assert.Contains($"Interrupted after step {result.Step}, in epoch", said.ToString(), StringComparison.Ordinal);
        Assert.Contains($"To go on: train --resume {result.Checkpoint}", said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_of_another_run_is_refused_and_left_alone()
    {
        using (Run run = new(Run.Quiet with { CheckpointFolder = _folder.Path })) run.Trainer.Fit(run.Training);
        string file = Assert.Single(Directory.GetFiles(_folder.Path));
        byte[] before = File.ReadAllBytes(file);

        using Run other = new(Run.Quiet);
        Dlm.Runtime.Data.DataLoader larger = new(other.Training.Dataset, 32, other.Training.Sampler);
        CheckpointException batch = Assert.Throws<CheckpointException>(() => other.Trainer.Fit(larger, resumeFrom: file));
        Assert.Equal($"{file}: its run had 16 samples in a batch, and this one has 32. Set the same to go on from it, or start afresh.", batch.Message);

        using LinearNet network = new(784, 10);
        using Dlm.Runtime.Optimizers.Adam adam = new(network);
        Trainer linear = new(new Supervised(network, Losses.CrossEntropy, adam), Run.Quiet);
        CheckpointException keys = Assert.Throws<CheckpointException>(() => linear.Fit(other.Training, resumeFrom: file));
        Assert.Contains("which the network has not", keys.Message, StringComparison.Ordinal);

        using Dlm.Runtime.Optimizers.Sgd sgd = new(other.Network, 0.1);
        Trainer method = new(new Supervised(other.Network, Losses.CrossEntropy, sgd), Run.Quiet);
        CheckpointException wrong = Assert.Throws<CheckpointException>(() => method.Fit(other.Training, resumeFrom: file));
        Assert.Contains("it was written by Adam, and the run uses Sgd", wrong.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(file));
    }

    [Fact]
    public void A_damaged_checkpoint_is_refused_and_the_one_before_it_offered()
    {
        using (Run run = new(Run.Quiet with { Epochs = 2, CheckpointFolder = _folder.Path })) run.Trainer.Fit(run.Training);
        IReadOnlyList<string> files = new CheckpointFolder(_folder.Path).Files;
        DateTime written = File.GetLastWriteTimeUtc(files[0]);
        byte[] bytes = File.ReadAllBytes(files[0]);
        File.WriteAllBytes(files[0], bytes[..(bytes.Length / 2)]);
        File.SetLastWriteTimeUtc(files[0], written);

        using Run again = new(Run.Quiet with { Epochs = 2 });
        CheckpointException error = Assert.Throws<CheckpointException>(() => again.Trainer.Fit(again.Training, resumeFrom: _folder.Path));

        Assert.Equal($"{files[0]}: it is truncated: {bytes.Length / 2} of {bytes.Length} bytes are there. Use another checkpoint. The one before it is {files[1]}", error.Message);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
