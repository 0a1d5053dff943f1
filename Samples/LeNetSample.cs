using System.CommandLine;
using Dlm.Models.Vision;
using Dlm.Runtime.Data;
using Dlm.Runtime.Display;
using Dlm.Runtime.Metrics;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Reports;
using Dlm.Runtime.Training;
using Spectre.Console;
using static TorchSharp.torch;

namespace Dlm.Samples;

/// <summary>Trains LeNet-5 to read handwritten digits by the recipe that stands beside it, and looks at the result.</summary>
internal sealed class LeNetSample : ISample
{
    private const int Digits = 10;
    private const int MisreadShown = 40;
    private const int Interrupted = 130; // what shells expect of a program that Ctrl-C ended

    private readonly Option<string?> _data = new("--data") { Description = "A folder with MNIST's IDX files. Without it: DLM_DATA, else a download, else drawn digits.", HelpName = "folder" };
    private readonly Option<int> _epochs = new("--epochs") { Description = "How many times to go through the training images.", DefaultValueFactory = _ => LeNetOnMnist.Options.Epochs };
    private readonly Option<int> _batch = new("--batch") { Description = "How many images a step learns from.", DefaultValueFactory = _ => LeNetOnMnist.BatchSize };
    private readonly Option<double> _rate = new("--rate") { Description = "The highest learning rate; it rises at first and then falls to nothing.", DefaultValueFactory = _ => LeNetOnMnist.Rate };
    private readonly Option<ulong> _seed = new("--seed") { Description = "The same seed gives the same run.", DefaultValueFactory = _ => (ulong)LeNetOnMnist.Seed };
    private readonly Option<string> _out = new("--out") { Description = "Where checkpoints and pictures go.", DefaultValueFactory = _ => Path.Combine("artifacts", "lenet"), HelpName = "folder" };
    private readonly Option<string?> _resume = new("--resume") { Description = "A checkpoint to go on from, or a folder of them.", HelpName = "path" };

    public Command Command
    {
        get
        {
            foreach (Option<int> count in (Option<int>[])[_epochs, _batch]) CommandLine.RequirePositive(count);
            CommandLine.RequirePositive(_rate);
            Command command = new("lenet", "LeNet-5 learns to read handwritten digits (MNIST).") { _data, _epochs, _batch, _rate, _seed, _out, _resume };
            command.SetAction(Run);
            return command;
        }
    }

    private int Run(ParseResult options)
    {
        ulong seed = options.GetValue(_seed);
        string folder = options.GetValue(_out)!;
        DigitData digits = DigitData.Find(options.GetValue(_data), seed);

        // Models/Vision/Recipes.dlm says how; what the command line says otherwise goes before.
        using LeNet5 network = LeNetOnMnist.CreateNetwork((long)seed);
        using Adam optimizer = LeNetOnMnist.CreateOptimizer(network, options.GetValue(_rate));
        TrainerOptions plan = LeNetOnMnist.Options with
        {
            Epochs = options.GetValue(_epochs),
            Placement = Placement.Auto,
            CheckpointFolder = Path.Combine(folder, "checkpoints"),
            ResumeCommand = CommandLine.ToResume,
        };
        Trainer trainer = LeNetOnMnist.CreateTrainer(network, plan, optimizer);
        DataLoader training = LeNetOnMnist.CreateLoader(digits.Training, options.GetValue(_batch), seed);
        DataLoader test = new(digits.Test, batchSize: 500);

        AnsiConsole.WriteLine($"LeNet-5: {network.parameters().Sum(p => p.numel()):n0} parameters");
        AnsiConsole.WriteLine($"{digits.Name} ({digits.Source}): {digits.Training.Count:n0} images to learn from, {digits.Test.Count:n0} to test with");
        AnsiConsole.WriteLine();
        FitResult result = trainer.Fit(training, validation: test, resumeFrom: options.GetValue(_resume));
        if (result.Reason == StopReason.Interrupted) return Interrupted;

        using ConfusionMatrix confusion = new(Digits);
        Scores scores = trainer.Evaluate(test, confusion);
        AnsiConsole.WriteLine();
        AnsiConsole.WriteLine($"Test accuracy {100 * scores["accuracy"]:0.00} % after {result.Step:n0} steps in {result.Duration.TotalSeconds:0.0} s.");
        AnsiConsole.Write(ConfusionTable.Create(confusion.ReadCounts(), [.. Enumerable.Range(0, Digits).Select(digit => $"{digit}")]));

        AnsiConsole.WriteLine();
        string curve = Path.Combine(folder, "loss.svg"), misread = Path.Combine(folder, "misread.svg");
        File.WriteAllText(curve, LossCurve.Draw($"LeNet-5 on {digits.Name}", result.History));
        File.WriteAllText(misread, DrawMisread(trainer, test, digits.Test));
        AnsiConsole.Write(new Grid().AddColumn().AddColumn()
            .AddRow(new Text("Loss curve"), new TextPath(curve))
            .AddRow(new Text("Misread digits"), new TextPath(misread))
            .AddRow(new Text("Checkpoint"), new TextPath(result.Checkpoint ?? "")));
        return 0;
    }

    /// <summary>Draws the test images that were misread, those first of which the network was surest.</summary>
    private static string DrawMisread(Trainer trainer, DataLoader test, LabelledImages images)
    {
        using Tensor outputs = trainer.Predict(test);
        (Tensor best, Tensor said) = outputs.softmax(1).max(1);
        float[] certainty = best.data<float>().ToArray();
        long[] answers = said.data<long>().ToArray();
        int[] wrong = [.. Enumerable.Range(0, answers.Length).Where(i => answers[i] != images.Label(i)).OrderByDescending(i => certainty[i])];
        ImageGridCell[] cells = [.. wrong.Take(MisreadShown).Select(i =>
            new ImageGridCell(images.Image(i).ToArray(), images.Width, images.Height, $"{images.Label(i)}", $"{answers[i]}", $"{100 * certainty[i]:0} % sure"))];
        return ImageGrid.Draw($"{wrong.Length:n0} of {answers.Length:n0} digits misread", "what it is → what the network read; those it was surest of first", cells);
    }
}
