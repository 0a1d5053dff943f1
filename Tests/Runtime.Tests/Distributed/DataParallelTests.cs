using Dlm.Runtime.Distributed;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Distributed;

/// <summary>Two processes against one with batches of twice the size.</summary>
public sealed class DataParallelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 160)]
    [InlineData(2, 160)]
    [InlineData(3, 144)]
    public async Task Two_processes_train_as_one_with_twice_the_batch(int accumulate, int samples)
    {
        SharedRun.Plan plan = new(8, Accumulate: accumulate, Samples: samples);
        using Ranks ranks = Ranks.Start(2, "train", plan.Arguments);

        string[] expected = SharedRun.Train(null, plan with { Batch = 16 });
        string[] outputs = await ranks.Outputs();

        SharedRun.RequireSame(expected, outputs[0].Split('\n'));
        Assert.Equal(outputs[0], outputs[1]);
    }

    [Theory]
    [InlineData(2, 1, 13)]
    [InlineData(1, 2, 10)]
    public async Task A_run_goes_on_with_another_number_of_processes(int before, int after, int steps)
    {
        SharedRun.Plan whole = new(16, Epochs: 3);
        string folder = _folder.File("checkpoints");
        string[] expected = SharedRun.Train(null, whole);

        using Ranks first = Ranks.Start(before, "train", (whole with { Batch = 16 / before, Steps = steps, Folder = folder }).Arguments);
        await first.Outputs();
        using Ranks second = Ranks.Start(after, "train", (whole with { Batch = 16 / after, Folder = folder }).Arguments);

        foreach (string output in await second.Outputs()) SharedRun.RequireSame(expected, output.Split('\n'));
    }

    [Fact]
    public async Task With_smaller_batches_a_run_goes_on_at_the_same_sample()
    {
        string folder = _folder.File("checkpoints");
        using Ranks two = Ranks.Start(2, "train", new SharedRun.Plan(8, Epochs: 3, Steps: 13, Folder: folder).Arguments);
        await two.Outputs();

        string[] lines = SharedRun.Train(null, new SharedRun.Plan(8, Epochs: 3, Folder: folder));

        // Of the second epoch's 160 samples 48 were seen.
        Assert.Equal(["epoch 1 10", "epoch 2 27", "epoch 3 47"], lines[..3].Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)]));
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    public async Task A_rank_that_is_killed_ends_the_others_with_one_message(int count, int killed)
    {
        using Ranks ranks = Ranks.Start(count, "train for long", _folder.File("checkpoints"));
        while (!Directory.Exists(_folder.File("checkpoints"))) await Task.Delay(20, TestContext.Current.CancellationToken);

        ranks.Processes[killed].Kill();
        var ends = await ranks.End(TimeSpan.FromSeconds(30));

        Assert.All(ends.Where((_, rank) => rank != killed), end => Assert.Equal(1, end.Status));
        Assert.Equal(
            $"Process {killed} of {count} is gone (killed, cut off from the others, or held up for too long), so that the others end as well. "
                + "Start again and resume from the last checkpoint; it need not be with as many processes.",
            Assert.Single(ends, end => end.Error.Length > 0).Error);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task An_error_in_one_process_is_shown_by_it_alone(int failing)
    {
        using Ranks ranks = Ranks.Start(2, "fail", $"{failing}");

        var ends = await ranks.End(TimeSpan.FromSeconds(30));

        Assert.Equal(["the dog ate the data", ""], [ends[failing].Error, ends[1 - failing].Error]);
        Assert.All(ends, end => Assert.Equal(1, end.Status));
    }

    [Fact]
    public async Task A_wish_of_one_process_to_stop_is_that_of_all()
    {
        using Ranks ranks = Ranks.Start(2, "stop");

        string[] outputs = await ranks.Outputs();

        Assert.Equal(["Stopped 5", "Stopped 5"], outputs);
    }

    [Fact]
    public async Task Buffers_are_the_first_processs_and_gradients_the_mean()
    {
        using Ranks ranks = Ranks.Start(2, "batch norm");

        string[] expected = Parts.BatchNormAlone(2);
        string[] outputs = await ranks.Outputs();

        SharedRun.RequireSame(expected, outputs[0].Split('\n'));
        Assert.Equal(outputs[0], outputs[1]);
    }

    [Fact]
    public async Task Each_optimizer_of_a_game_averages_its_own_gradients()
    {
        using Ranks ranks = Ranks.Start(2, "two networks");

        string[] expected = SharedGame.Train(null, 16);

        foreach (string output in await ranks.Outputs()) SharedRun.RequireSame(expected, output.Split('\n'));
    }

    [Fact]
    public async Task What_no_process_reaches_is_not_stepped_and_what_one_reaches_counts_half()
    {
        using Ranks ranks = Ranks.Start(2, "unused");

        string[] outputs = await ranks.Outputs();

        Assert.All(outputs, output => Assert.Equal(["both 1.5", "first 0.5", "nobody none", "bfloat16 1.5", "late 3"], output.Split('\n')));
    }

    [Fact]
    public async Task Gradients_are_on_their_way_before_backward_ends()
    {
        using Ranks ranks = Ranks.Start(2, "overlap");

        string[] outputs = await ranks.Outputs();

        Assert.All(outputs, output => Assert.Equal(["0 of 2, 2 after backward", "0 of 2, 2 after backward"], output.Split('\n')));
    }

    [Fact]
    public async Task Other_networks_are_refused()
    {
        using Ranks ranks = Ranks.Start(2, "other networks");

        var ends = await ranks.End();

        Assert.Equal(["Process 1 of 2 has other networks than process 0: names, shapes, types or frozen parameters differ. All of them must build the same.", ""], ends.Select(end => end.Error));
    }

    [Fact]
    public async Task Torchrun_starts_a_program_that_is_not_python()
    {
        const string Launcher = "/usr/bin/torchrun";
        Assert.SkipUnless(File.Exists(Launcher), $"{Launcher} is not there: it comes with python3-torch");
        SharedRun.Plan plan = new(8, Epochs: 1);

        // With Python 3.11, PyTorch 1.13 fails where nothing, or all, is redirected.
        using Ranks ranks = Ranks.Start(
            Launcher,
            ["--no_python", "--nproc_per_node", "2", "--master_addr", "127.0.0.1", "--master_port", $"{Ranks.FreePort()}", "--redirects", "1", "--tee", "1", "--log_dir", _folder.Path],
            "train",
            plan.Arguments);

        string[] expected = SharedRun.Train(null, plan with { Batch = 16 });
        await ranks.Outputs();

        string[] logs = Directory.GetFiles(_folder.Path, "stdout.log", SearchOption.AllDirectories);
        Assert.Equal(2, logs.Length);
        foreach (string log in logs) SharedRun.RequireSame(expected, File.ReadAllLines(log));
    }

    [Fact]
    public void The_first_bucket_is_small_and_begins_with_the_last_parameters()
    {
        const long Megabyte = 1 << 20;
        (ScalarType, string, long) Single(double megabytes) => (ScalarType.Float32, "cpu", (long)(megabytes * Megabyte));

        (int[] bucketOf, int count) = GradientReduction.Assign(
            [Single(30), Single(9), Single(9), (ScalarType.BFloat16, "cpu", Megabyte), Single(9), Single(0.5), Single(0.5)]);

        Assert.Equal([4, 3, 1, 2, 1, 0, 0], bucketOf);
        Assert.Equal(5, count);
    }
}
