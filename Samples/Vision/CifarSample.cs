using System.CommandLine;
using Dlm.Runtime.Data;
using Dlm.Runtime.Metrics;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Reports;
using Dlm.Runtime.Schedules;
using Dlm.Runtime.Training;
using Spectre.Console;
using static TorchSharp.torch;

namespace Dlm.Samples.Vision;

/// <summary>
/// Trains a network on CIFAR-10 in minutes rather than days: on some of the images, made as large as the network needs them.
/// <see cref="CifarSamples"/> has a row for each.
/// </summary>
internal sealed class CifarSample : Sample
{
    private const int Tested = 2_000;

    private readonly CifarNetwork _row;
    private readonly Option<int> _images, _batch;
    private readonly Option<double> _rate;

    public CifarSample(CifarNetwork row)
        : base(row.Name, $"{row.Description}, learns what is to be seen in photographs (CIFAR-10).", CifarData.Option, row.Epochs)
    {
        _row = row;
        _images = Add("--images", "How many of the images to learn from.", row.Images);
        _batch = Add("--batch", "How many images a step learns from.", 50);
        _rate = Add("--rate", "The highest learning rate; it rises at first and then falls to nothing.", row.Rate);
    }

    protected override void Run(SampleRun run)
    {
        CifarData data = CifarData.Find(run.Data, run.Get(_images), Tested, run.Get(_batch), _row.Side, run.Seed);
        manual_seed((long)run.Seed);
        ImageClassifier classifier = _row.Make(run.Get(_rate));
        using nn.Module network = classifier.Network;
        Trainer trainer = new(classifier.Objective, run.Plan(new TrainerOptions { Schedule = new CosineSchedule(warmup: 0.2) }));

        AnsiConsole.WriteLine($"{_row.Description}: {network.parameters().Sum(p => p.numel()):n0} parameters");
        AnsiConsole.WriteLine($"CIFAR-10: {data.Training.SamplesPerEpoch:n0} images of {_row.Side} x {_row.Side} to learn from, {data.Test.SamplesPerEpoch:n0} to test with");
        AnsiConsole.WriteLine();
        run.Fit(trainer, data.Training, title: $"{_row.Description}, on CIFAR-10");

        long[,] counts = Judge(classifier, data.Test);
        long right = Enumerable.Range(0, Classes).Sum(i => counts[i, i]), all = counts.Cast<long>().Sum();
        run.Figure("Test accuracy", $"{100.0 * right / all:0.0} %");
        run.Figure("Chance", "10 %");
        run.Figure("Learnt from", $"{data.Training.SamplesPerEpoch:n0} images of {_row.Side} x {_row.Side}{(run.Epochs == 1 ? "" : $", {run.Epochs} times")}");
        using Tensor shares = tensor(counts.Cast<long>().ToArray()).reshape(Classes, Classes).to(ScalarType.Float32);
        run.Picture("confusion", "What things are taken for", Heatmap.Draw(
            "What things are taken for", [new HeatmapPanel("", shares) { Rows = Cifar10.ClassNames, Columns = Cifar10.ClassNames, Down = "what it is", Across = "what the network says" }]));
    }

    private static int Classes => Cifar10.ClassNames.Count;

    /// <summary>How many images of each class the network takes for which.</summary>
    private static long[,] Judge(ImageClassifier classifier, DataLoader test)
    {
        classifier.Network.eval();
        using var noGradient = no_grad();
        long[,] counts = new long[Classes, Classes];
        foreach (Batch batch in test.Epoch(0))
        {
            using (batch)
            using (NewDisposeScope())
            {
                long[] said = classifier.Logits(batch.Input).argmax(1).data<long>().ToArray(), truth = batch.Target.data<long>().ToArray();
                for (int i = 0; i < said.Length; i++) counts[truth[i], said[i]]++;
            }
        }

        return counts;
    }
}

/// <summary>A network with what is minimised of it, and what it says of images.</summary>
/// <param name="Network">The network.</param>
/// <param name="Objective">What is minimised.</param>
/// <param name="Logits">What it says: a number for each class.</param>
internal sealed record ImageClassifier(nn.Module Network, Objective Objective, Func<Tensor, Tensor> Logits)
{
    /// <summary>A network whose only output is logits.</summary>
    public static ImageClassifier Of(nn.Module<Tensor, Tensor> network, double rate) =>
        new(network, new Supervised(network, Losses.CrossEntropy, new Adam(network, rate), new Accuracy()), network.call);
}
