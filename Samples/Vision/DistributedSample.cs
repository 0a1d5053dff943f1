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

namespace Dlm.Samples.Vision;

/// <summary>
/// Trains LeNet-5 in as many processes as a launcher starts, each on its share of the data. One alone is a run like any other.
/// <c>torchrun --no-python --nproc_per_node 2 dotnet artifacts/bin/Samples/release/Dlm.Samples.dll distributed</c>
/// </summary>
internal sealed class DistributedSample : Sample
{
    private const int Digits = 10;

    private readonly Option<int> _batch;

    public DistributedSample()
        : base("distributed", "LeNet-5 in several processes at once, started by torchrun, mpirun or Slurm.", DigitData.Option, epochs: 2) =>
        _batch = Add("--batch", "How many images a step learns from, all processes together.", 64);

    protected override void Run(SampleRun run)
    {
        using ProcessGroup group = ProcessGroup.FromEnvironment();
        if (!group.IsFirst) AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) });
        int batch = run.Get(_batch);
        if (batch % group.Size != 0) throw new DistributedException($"{group.Size} processes cannot share batches of {batch} images evenly. Give --batch a multiple of {group.Size}.") { SaidElsewhere = !group.IsFirst };

        // The first one downloads what is missing, while the others wait.
        if (!group.IsFirst) group.Barrier();
        DigitData digits = DigitData.Find(run.Data, run.Seed);
        if (group.IsFirst) group.Barrier();

        manual_seed((long)run.Seed);
        using LeNet5 network = new(classes: Digits);
        using Adam optimizer = new(network, 3e-3);
        Trainer trainer = new(
            new Supervised(network, Losses.CrossEntropy, optimizer, new Accuracy()),
            run.Plan(new TrainerOptions { Distributed = group, Schedule = new CosineSchedule(warmup: 0.1) }));
        DataLoader training = new(digits.Training, batch / group.Size, new ShuffledSampler(digits.Training.Count, run.Seed));
        DataLoader test = new(digits.Test, batchSize: 500);

        AnsiConsole.WriteLine($"{digits.Name} ({digits.Source}), {group.Size} {(group.Size == 1 ? "process" : "processes")}");
        FitResult result = run.Fit(trainer, training, test);
        run.Figure("Test accuracy", $"{100 * trainer.Evaluate(test)["accuracy"]:0.00} % after {result.Step:n0} steps");
    }
}
