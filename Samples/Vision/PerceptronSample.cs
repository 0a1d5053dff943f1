using System.CommandLine;
using Dlm.Models.Vision;
using Dlm.Runtime.Data;
using Dlm.Runtime.Reports;
using Dlm.Runtime.Training;
using Spectre.Console;
using static TorchSharp.torch;

namespace Dlm.Samples.Vision;

/// <summary>Logistic regression and a network with one hidden layer, side by side, by the recipes of Models/Vision/Recipes.dlm but for their length.</summary>
internal sealed class PerceptronSample : Sample
{
    private readonly Option<int> _epochs;

    public PerceptronSample()
        : base("perceptron", "Logistic regression, and a network with one hidden layer, read handwritten digits (MNIST).", DigitData.Option) =>
        _epochs = Add("--epochs", "How many times to go through the digits.", 10);

    protected override void Run(SampleRun run)
    {
        DigitData digits = DigitData.Find(run.Data, run.Seed);
        DataLoader test = new(digits.Test, batchSize: 500);
        TrainerOptions plan = run.Plan() with { Epochs = run.Get(_epochs), CheckpointFolder = null };

        manual_seed((long)run.Seed);
        using LogisticRegression regression = LogisticRegressionOnMnist.CreateNetwork();
        Curve first = Learn("Logistic regression", LogisticRegressionOnMnist.CreateTrainer(regression, plan), LogisticRegressionOnMnist.CreateLoader(digits.Training, seed: run.Seed));
        using Perceptron perceptron = PerceptronOnMnist.CreateNetwork();
        Curve second = Learn("One hidden layer", PerceptronOnMnist.CreateTrainer(perceptron, plan), PerceptronOnMnist.CreateLoader(digits.Training, seed: run.Seed));

        run.Picture("loss", "Loss of both", CurveChart.Draw($"On {digits.Name}", "steps", "loss", [first, second], logarithmic: true));
        run.Picture("weights", "What speaks for each digit (bright) and against it (dark): the weights of the logistic regression", DrawWeights(regression));

        Curve Learn(string name, Trainer trainer, DataLoader training)
        {
            AnsiConsole.WriteLine(name);
            FitResult result = trainer.Fit(training, validation: test);
            if (result.Reason == StopReason.Interrupted) throw new OperationCanceledException();
            run.Figure($"{name}: test accuracy", $"{100 * trainer.Evaluate(test)["accuracy"]:0.00} % after {result.Step:n0} steps");
            return new Curve(name, [.. result.History.Losses().Select((loss, step) => (step + 1.0, loss))]);
        }
    }

    private static byte[] DrawWeights(LogisticRegression regression)
    {
        using var scope = NewDisposeScope();
        Tensor weights = regression.parameters().First().detach().cpu().reshape(-1, 1, 28, 28);
        double most = weights.abs().max().item<float>();
        return ImageSheet.Encode(weights, columns: 5, low: -most, high: most, zoom: 4);
    }
}
