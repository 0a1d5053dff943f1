using System.Diagnostics;
using System.Globalization;
using Dlm.Runtime.Checkpoints;

namespace Dlm.Runtime.Tests.Training;

/// <summary>Runs in processes of their own, killed with SIGKILL, or with a disk that has no more room. eng/kill.sh kills a hundred times.</summary>
public sealed class KilledRunTests : IDisposable
{
    private const int StepsPerEpoch = Run.Samples / Run.BatchSize;
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("DLM_KILLS") ?? "5", CultureInfo.InvariantCulture);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_that_is_killed_again_and_again_ends_as_one_that_was_not()
    {
        int epochs = Kills + 1;
        string whole = KillableRun.Finish(KillableRun.Start(_folder.File("whole"), epochs));

        Random random = new(Kills);
        string checkpoints = _folder.File("killed");
        for (int kill = 0; kill < Kills; kill++)
        {
            using Process process = KillableRun.Start(checkpoints, epochs);
            for (int steps = random.Next(2, StepsPerEpoch); steps > 0; steps--) Assert.NotNull(process.StandardOutput.ReadLine());

            // A step with its checkpoint takes some milliseconds, most of them writing.
            Thread.Sleep(TimeSpan.FromMilliseconds(8 * random.NextDouble()));
            process.Kill();
            process.WaitForExit();
            using CheckpointState state = new CheckpointFolder(checkpoints).ReadLatest();
        }

        Assert.Equal(whole, KillableRun.Finish(KillableRun.Start(checkpoints, epochs)));
        Assert.InRange(Directory.GetFiles(checkpoints).Length, 1, 4); // the last three and the best, and nothing half-written
    }

    [Fact]
    public void A_full_disk_ends_the_run_with_one_message_and_loses_nothing()
    {
        if (!File.Exists("/bin/bash")) Assert.Skip("this system has no bash to limit the size of files with");
        string checkpoints = _folder.File("run");
        KillableRun.Finish(KillableRun.Start(checkpoints, 1));
        Dictionary<string, byte[]> before = Directory.GetFiles(checkpoints).ToDictionary(file => file, File.ReadAllBytes);
        string last = new CheckpointFolder(checkpoints).Files[0];

        using Process process = KillableRun.Start(checkpoints, 2, "trap '' XFSZ; ulimit -f 16"); // 16 blocks of 1024 bytes, a fraction of a checkpoint
        string[] lines = process.StandardOutput.ReadToEnd().TrimEnd().Split('\n');
        process.WaitForExit();

        Assert.Equal(1, process.ExitCode);
        Assert.Contains("step-00000011.safetensors: it could not be written (", lines[^1], StringComparison.Ordinal);
        Assert.EndsWith($"Nothing was overwritten. Make room or choose another folder. The last checkpoint is {last}", lines[^1], StringComparison.Ordinal);
        Assert.Equal(before.Keys.Order(), Directory.GetFiles(checkpoints).Order());
        Assert.All(before, file => Assert.Equal(file.Value, File.ReadAllBytes(file.Key)));
    }
}
