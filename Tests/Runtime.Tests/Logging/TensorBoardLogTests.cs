using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Dlm.Runtime.Files;
using Dlm.Runtime.Logging;
using Dlm.Runtime.Tests.Training;
using Dlm.Runtime.Training;

namespace Dlm.Runtime.Tests.Logging;

public sealed class TensorBoardLogTests : IDisposable
{
    private static readonly TrainerOptions Options = Run.Quiet with { Epochs = 2, EvaluateEverySteps = 4, Recipe = "a | b\nc" };
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", 0)]
    [InlineData("123456789", 0xE3069283)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0x22620404)]
    public void The_checksum_is_Castagnoli_s(string text, uint checksum) => Assert.Equal(checksum, Crc32C.Of(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void The_masked_checksum_is_TensorFlow_s() => Assert.Equal(0x224B7FA3u, Crc32C.Masked(new byte[] { 24, 0, 0, 0, 0, 0, 0, 0 })); // of a record of 24 bytes

    [Fact]
    public void Every_number_of_the_run_is_in_the_file()
    {
        using Run run = new(Options);
        run.Trainer.Callbacks.Add(new TensorBoardLog(_folder.File("board"), TimeSpan.Zero));
        DateTimeOffset before = DateTimeOffset.UtcNow.AddSeconds(-1);

        TrainingHistory history = run.Trainer.Fit(run.Training, run.Validation).History;

        string path = Assert.Single(Directory.GetFiles(_folder.File("board")));
        Assert.Matches(@"^events\.out\.tfevents\.[0-9]{10}\.", Path.GetFileName(path));
        EventFile file = EventFile.Read(path);
        Assert.Equal("brain.Event:2", file.Events[0].Version);
        Assert.Equal(history.Losses().Select((loss, i) => (i + 1L, (float)loss)), Of("loss/training"));
        Assert.Equal(Enumerable.Range(1, 20).Select(step => ((long)step, 2e-3f)), Of("rate"));
        Assert.Equal(history.Epochs.Select(e => (e.Step, (float)e.Training["accuracy"])), Of("accuracy/epoch"));
        Assert.Equal(history.Epochs.Select(e => (e.Step, (float)e.SamplesPerSecond)), Of("time/samples per second"));
        Assert.Equal(history.Evaluations.Select(e => (e.Step, (float)e.Scores["loss"])), Of("loss/validation"));
        Assert.Equal(history.Evaluations.Select(e => (e.Step, (float)e.Scores["accuracy"])), Of("accuracy/validation"));
        Assert.Equal(file.Events.Select(e => e.Step).Order(), file.Events.Select(e => e.Step));
        Assert.Equal(file.Events.Select(e => e.Time).Order(), file.Events.Select(e => e.Time));
        Assert.InRange(file.Events[0].Time, before.ToUnixTimeSeconds(), DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 1);
        (string name, string plugin, string text) = Assert.Single(file.Events.SelectMany(e => e.Texts));
        Assert.Equal(("recipe/text_summary", "text"), (name, plugin));
        Assert.Contains("| text | a \\| b<br>c |\n", text, StringComparison.Ordinal);

        IEnumerable<(long, float)> Of(string tag) => file.Scalars.Where(scalar => scalar.Name == tag).Select(scalar => (scalar.Step, scalar.Value));
    }

    [Theory]
    [InlineData(8, 0)]
    [InlineData(13, 5)]
    [InlineData(20, 31)]
    [InlineData(30, 7)]
    public void A_resumed_run_goes_on_in_the_file_and_nothing_stands_there_twice(int checkpoint, int cut)
    {
        TrainerOptions options = Options with { Epochs = 3, CheckpointFolder = _folder.File("checkpoints"), CheckpointEverySteps = 1, KeepCheckpoints = 100 };
        using Run whole = new(options);
        whole.Trainer.Callbacks.Add(new TensorBoardLog(_folder.File("board"), TimeSpan.Zero));
        whole.Trainer.Fit(whole.Training, whole.Validation);
        string path = Assert.Single(Directory.GetFiles(_folder.File("board")));
        (long, string, float)[] expected = [.. Kept(path)];
        using (FileStream file = new(path, FileMode.Open)) file.SetLength(file.Length - cut); // as a program leaves it that is killed

        using Run again = new(options, seed: 99);
        again.Trainer.Callbacks.Add(new TensorBoardLog(_folder.File("board"), TimeSpan.Zero));
        again.Trainer.Fit(again.Training, again.Validation, resumeFrom: _folder.File($"checkpoints/step-{checkpoint:d8}.safetensors"));

        Assert.Equal(path, Assert.Single(Directory.GetFiles(_folder.File("board"))));
        Assert.Equal(expected, Kept(path));
        Assert.Single(EventFile.Read(path).Events, e => e.Version.Length > 0);

        // How fast it went differs from run to run.
        static IEnumerable<(long, string, float)> Kept(string path) => EventFile.Read(path).Scalars.Where(scalar => !scalar.Name.StartsWith("time/", StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_that_begins_anew_has_a_file_of_its_own()
    {
        for (int i = 0; i < 2; i++)
        {
            using Run run = new(Run.Quiet);
            run.Trainer.Callbacks.Add(new TensorBoardLog(_folder.Path));
            run.Trainer.Fit(run.Training);
        }

        Assert.Equal([10, 10], Directory.GetFiles(_folder.Path).Select(path => EventFile.Read(path).Scalars.Count(scalar => scalar.Name == "loss/training")));
    }

    [Fact]
    public void Another_program_reads_the_same()
    {
        using Run run = new(Options);
        run.Trainer.Callbacks.Add(new TensorBoardLog(_folder.Path));
        run.Trainer.Fit(run.Training, run.Validation);
        string path = Assert.Single(Directory.GetFiles(_folder.Path));

        using JsonDocument read = JsonDocument.Parse(RunOrSkip("Logging/reference/read_events.py", path));

        Assert.Equal("brain.Event:2", read.RootElement.GetProperty("version").GetString());
        Assert.Equal(
            EventFile.Read(path).Scalars,
            read.RootElement.GetProperty("scalars").EnumerateArray().Select(scalar => (scalar[0].GetInt64(), scalar[1].GetString()!, scalar[2].GetSingle())));
        Assert.Equal(["recipe/text_summary", "text"], read.RootElement.GetProperty("texts")[0].EnumerateArray().Take(2).Select(item => item.GetString()!));
    }

    private static string RunOrSkip(string script, string argument)
    {
        string program = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3"; // the system's has the system's packages
        ProcessStartInfo start = new(program, ["-B", Path.Combine(AppContext.BaseDirectory, script), argument]) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using Process python = Process.Start(start)!;
            Task<string> errors = python.StandardError.ReadToEndAsync();
            string output = python.StandardOutput.ReadToEnd();
            python.WaitForExit();
            Assert.SkipWhen(errors.Result.Contains("No module named 'google'", StringComparison.Ordinal), $"{program} has no protobuf: install python3-protobuf");
            Assert.True(python.ExitCode == 0, errors.Result);
            return output;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("there is no python3");
            throw;
        }
    }
}
