using Dlm.Runtime.Checkpoints;
using Dlm.Runtime.Display;
using Dlm.Runtime.Training;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Training;

public sealed class KeptCheckpointsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("accuracy")]
    public void The_best_in_validation_is_kept_beside_the_last(string? by)
    {
        using Run run = new(Run.Quiet with { Epochs = 6, CheckpointFolder = _folder.Path, KeepCheckpoints = 2, BestBy = by });
        // From the third epoch on it knows nothing.
        run.Trainer.Callbacks.Add(new AfterStep((_, progress) =>
        {
            if (progress.Step < 21) return;
            using var unrecorded = no_grad();
            foreach (var parameter in run.Network.parameters()) parameter.zero_();
        }));

        FitResult result = run.Trainer.Fit(run.Training, run.Validation);

        string best = _folder.File("step-00000020.safetensors");
        Assert.Equal(best, result.Best);
        Assert.Equal(best, new CheckpointFolder(_folder.Path).Best);
        Assert.Equal(
            ["step-00000020.safetensors", "step-00000050.safetensors", "step-00000060.safetensors"],
            Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        // A run that goes on from there knows it still.
        using Run more = new(Run.Quiet with { Epochs = 7, CheckpointFolder = _folder.Path, KeepCheckpoints = 1, BestBy = by });
        Assert.Equal(best, more.Trainer.Fit(more.Training, more.Validation, resumeFrom: _folder.Path).Best);
        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
    }

    [Fact]
    public void A_test_takes_the_best_checkpoint_shows_itself_and_says_what_came_of_it()
    {
        StringWriter said = new();
        using Run run = new(Run.Quiet with { Epochs = 3, CheckpointFolder = _folder.Path, Display = new PlainDisplay(said, TimeSpan.FromHours(1)) });
        run.Trainer.Callbacks.Add(new AfterStep((_, progress) =>
        {
            if (progress.Step == 20) run.Optimizer.Groups[0].Rate = 1; // the last epoch spoils it
        }));
        FitResult result = run.Trainer.Fit(run.Training, run.Validation);
        double best = result.History.Epochs.Min(epoch => epoch.Validation!["loss"]);
        Assert.Equal(_folder.File("step-00000020.safetensors"), result.Best);

        Scores asItIs = run.Trainer.Test(run.Validation), withBest = run.Trainer.Test(run.Validation, _folder.Path), withLast = run.Trainer.Test(run.Validation, result.Checkpoint);

        Assert.Equal((result.History.Epochs[2].Validation!["loss"], best), (asItIs["loss"], withBest["loss"]));
        Assert.Equal(asItIs["loss"], withLast["loss"]);
        Assert.Contains($"With the weights of {result.Best}{Environment.NewLine}test: loss {best:0.0000}  accuracy ", said.ToString(), StringComparison.Ordinal);
        Assert.Matches(@" %  \(160 images in [0-9]+\.[0-9] s\)", said.ToString());
    }

    [Fact]
    public void Without_validation_none_is_the_best()
    {
        using Run run = new(Run.Quiet with { CheckpointFolder = _folder.Path });

        Assert.Null(run.Trainer.Fit(run.Training).Best);

        Assert.Null(new CheckpointFolder(_folder.Path).Best);
        Assert.Null(new CheckpointFolder(_folder.File("nowhere")).Best);
    }

    [Fact]
    public void A_score_that_there_is_not_is_a_mistake()
    {
        using Run run = new(Run.Quiet);

        ArgumentException error = Assert.Throws<ArgumentException>(() => new Trainer(run.Trainer.Objective, new TrainerOptions { BestBy = "acuracy" }));

        Assert.StartsWith("There is no score 'acuracy' that could say which checkpoint is the best, only 'loss', 'accuracy'.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_holds_the_recipe_and_the_versions_of_the_code_and_resuming_otherwise_is_said()
    {
        using (Run run = new(Run.Quiet with { CheckpointFolder = _folder.Path, Recipe = "digits, first try", ClipNorm = 0.5 })) run.Trainer.Fit(run.Training);
        using (CheckpointState state = CheckpointFolder.Read(_folder.Path))
        {
            Assert.Equal(
                ("digits, first try", "Adam at 0.002", "ShuffledSampler", "1", "0.5"),
                (state.Text("recipe/text"), state.Text("recipe/optimizers"), state.Text("recipe/sampler"), state.Text("recipe/epochs"), state.Text("recipe/clip_norm")));
            Assert.StartsWith("Dlm.Runtime ", state.Text("code/runtime"), StringComparison.Ordinal);
            Assert.StartsWith("Dlm.Runtime.Tests ", state.Text("code/program"), StringComparison.Ordinal);
            Assert.Equal(__version__, state.Text("code/torch"));
        }

        StringWriter said = new();
        using Run other = new(new TrainerOptions { Epochs = 2, Recipe = "digits, first try", HandleSignals = false, Display = new PlainDisplay(said, TimeSpan.FromHours(1)) });
        other.Trainer.Fit(other.Training, resumeFrom: _folder.Path);

        Assert.Equal(
            ["Resuming with another recipe: epochs 2, in the checkpoint 1.", "Resuming with another recipe: clip norm none, in the checkpoint 0.5."],
            said.ToString().Split('\n').Where(line => line.StartsWith("Resuming", StringComparison.Ordinal)));

        using Run accumulating = new(Run.Quiet with { AccumulateBatches = 2 });
        Assert.Contains("its run had 1 batches for an update, and this one has 2", Assert.Throws<CheckpointException>(() => accumulating.Trainer.Fit(accumulating.Training, resumeFrom: _folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_damaged_checkpoints_none_is_offered()
    {
        using (Run run = new(Run.Quiet with { Epochs = 3, CheckpointFolder = _folder.Path })) run.Trainer.Fit(run.Training);
        IReadOnlyList<string> files = new CheckpointFolder(_folder.Path).Files;
        foreach (string file in files.Take(2))
        {
            DateTime written = File.GetLastWriteTimeUtc(file);
            byte[] bytes = File.ReadAllBytes(file);
            bytes[^1] ^= 1;
            File.WriteAllBytes(file, bytes);
            File.SetLastWriteTimeUtc(file, written);
        }

        CheckpointException error = Assert.Throws<CheckpointException>(() => CheckpointFolder.Read(_folder.Path));

        Assert.Equal($"{files[0]}: its content does not match its checksum: it is damaged. Use another checkpoint. The one before it is {files[2]}", error.Message);
    }
}
