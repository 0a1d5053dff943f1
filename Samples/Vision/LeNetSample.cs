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

namespace Dlm.Samples.Vision;

/// <summary>Trains LeNet-5 to read handwritten digits by the recipe that stands beside it, and looks at the result.</summary>
internal sealed class LeNetSample : Sample
{
    private const int Digits = 10;
    private const int MisreadShown = 40;

    private readonly Option<int> _batch;
    private readonly Option<double> _rate;

    public LeNetSample()
        : base("lenet", "LeNet-5 learns to read handwritten digits (MNIST).", DigitData.Option, LeNetOnMnist.Options.Epochs)
    {
        _batch = Add("--batch", "How many images a step learns from.", LeNetOnMnist.BatchSize);
        _rate = Add("--rate", "The highest learning rate; it rises at first and then falls to nothing.", LeNetOnMnist.Rate);
    }

    protected override void Run(SampleRun run)
    {
        DigitData digits = DigitData.Find(run.Data, run.Seed);

        // Models/Vision/Recipes.dlm says how; what the command line says otherwise goes before.
        using LeNet5 network = LeNetOnMnist.CreateNetwork((long)run.Seed);
        using Adam optimizer = LeNetOnMnist.CreateOptimizer(network, run.Get(_rate));
        Trainer trainer = LeNetOnMnist.CreateTrainer(network, run.Plan(LeNetOnMnist.Options), optimizer);
        DataLoader training = LeNetOnMnist.CreateLoader(digits.Training, run.Get(_batch), run.Seed);
        DataLoader test = new(digits.Test, batchSize: 500);

        AnsiConsole.WriteLine($"LeNet-5: {network.parameters().Sum(p => p.numel()):n0} parameters");
        AnsiConsole.WriteLine($"{digits.Name} ({digits.Source}): {digits.Training.Count:n0} images to learn from, {digits.Test.Count:n0} to test with");
        AnsiConsole.WriteLine();
        FitResult result = run.Fit(trainer, training, test, $"LeNet-5 on {digits.Name}");

        using ConfusionMatrix confusion = new(Digits);
        Scores scores = trainer.Evaluate(test, confusion);
        AnsiConsole.WriteLine();
        AnsiConsole.Write(ConfusionTable.Create(confusion.ReadCounts(), [.. Enumerable.Range(0, Digits).Select(digit => $"{digit}")]));
        run.Figure("Test accuracy", $"{100 * scores["accuracy"]:0.00} % after {result.Step:n0} steps");
        run.Picture("misread", "Misread digits", DrawMisread(trainer, test, digits.Test));
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
