using System.CommandLine;
using Dlm.Models.Vision;
using Dlm.Runtime.Data;
using Dlm.Runtime.Distributed;
using Dlm.Runtime.Metrics;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Schedules;
using Dlm.Runtime.Training;
using Spectre.Console;
using static TorchSharp.torch;

namespace Dlm.Samples;

/// <summary>
/// Trains LeNet-5 in as many processes as a launcher starts, each on its share of the data. One alone is a run like any other.
/// <c>torchrun --no-python --nproc_per_node 2 dotnet artifacts/bin/Samples/release/Dlm.Samples.dll distributed</c>
/// </summary>
internal sealed class DistributedSample : ISample
{
    private const int Digits = 10;
    private const int Interrupted = 130; // what shells expect of a program that Ctrl-C ended

    private readonly Option<string?> _data = new("--data") { Description = "A folder with MNIST's IDX files. Without it: DLM_DATA, else a download, else drawn digits.", HelpName = "folder" };
    private readonly Option<int> _epochs = new("--epochs") { Description = "How many times to go through the training images.", DefaultValueFactory = _ => 2 };
    private readonly Option<int> _batch = new("--batch") { Description = "How many images a step learns from, all processes together.", DefaultValueFactory = _ => 64 };
    private readonly Option<ulong> _seed = new("--seed") { Description = "The same seed gives the same run.", DefaultValueFactory = _ => 0 };
    private readonly Option<string> _out = new("--out") { Description = "Where checkpoints go.", DefaultValueFactory = _ => Path.Combine("artifacts", "distributed"), HelpName = "folder" };
    private readonly Option<string?> _resume = new("--resume") { Description = "A checkpoint to go on from, or a folder of them; it may be with another number of processes.", HelpName = "path" };

    public Command Command
    {
        get
        {
            foreach (Option<int> count in (Option<int>[])[_epochs, _batch]) CommandLine.RequirePositive(count);
            Command command = new("distributed", "LeNet-5 in several processes at once, started by torchrun, mpirun or Slurm.") { _data, _epochs, _batch, _seed, _out, _resume };
            command.SetAction(Run);
            return command;
        }
    }

    private int Run(ParseResult options)
    {
        using ProcessGroup group = ProcessGroup.FromEnvironment();
        if (!group.IsFirst) AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) });
        ulong seed = options.GetValue(_seed);
        int batch = options.GetValue(_batch);
        if (batch % group.Size != 0) throw new DistributedException($"{group.Size} processes cannot share batches of {batch} images evenly. Give --batch a multiple of {group.Size}.") { SaidElsewhere = !group.IsFirst };

        // The first one downloads what is missing, while the others wait.
        if (!group.IsFirst) group.Barrier();
        DigitData digits = DigitData.Find(options.GetValue(_data), seed);
        if (group.IsFirst) group.Barrier();

        manual_seed((long)seed);
        using LeNet5 network = new(classes: Digits);
        using Adam optimizer = new(network, 3e-3);
        Trainer trainer = new(
            new Supervised(network, Losses.CrossEntropy, optimizer, new Accuracy()),
            new TrainerOptions
            {
                Epochs = options.GetValue(_epochs),
                Placement = Placement.Auto,
                Distributed = group,
                Schedule = new CosineSchedule(warmup: 0.1),
                CheckpointFolder = Path.Combine(options.GetValue(_out)!, "checkpoints"),
                ResumeCommand = CommandLine.ToResume,
            });
        DataLoader training = new(digits.Training, batch / group.Size, new ShuffledSampler(digits.Training.Count, seed));
        DataLoader test = new(digits.Test, batchSize: 500);

        AnsiConsole.WriteLine($"{digits.Name} ({digits.Source}), {group.Size} {(group.Size == 1 ? "process" : "processes")}");
        FitResult result = trainer.Fit(training, validation: test, resumeFrom: options.GetValue(_resume));
        if (result.Reason == StopReason.Interrupted) return Interrupted;

        Scores scores = trainer.Evaluate(test);
        AnsiConsole.WriteLine($"Test accuracy {100 * scores["accuracy"]:0.00} % after {result.Step:n0} steps in {result.Duration.TotalSeconds:0.0} s.");
        return 0;
    }
}
