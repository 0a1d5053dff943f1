using System.CommandLine;
using Dlm.Models.Vision;
using Dlm.Runtime.Data;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Reports;
using Dlm.Runtime.Schedules;
using Dlm.Runtime.Training;
using Dlm.Runtime.Weights;
using Spectre.Console;
using static TorchSharp.torch;

namespace Dlm.Samples.Vision;

/// <summary>
/// ResNet-20 on CIFAR-10 (He et al., 2015, section 4.2): what the weights that others trained and published see in the test images, then a network from scratch, by the
/// recipe of Models/Vision/Recipes.dlm but for its length, with smaller batches for more steps.
/// </summary>
internal sealed class ResNetSample : Sample
{
    private const int BatchSize = 64;
    private const int Shown = 18;
    private const int Tested = 2_000; // with the network from scratch

    // What the published weights were trained with.
    private static readonly double[] Means = [0.485, 0.456, 0.406], Deviations = [0.229, 0.224, 0.225];

    private readonly Option<string?> _weights;
    private readonly Option<double> _rate;
    private readonly Option<int> _images;

    public ResNetSample()
        : base("resnet", "ResNet-20 learns what is to be seen in photographs (CIFAR-10), beside the one that others have trained.", CifarData.Option, epochs: 2)
    {
        _weights = AddPath("--weights", PublishedResNet.Option, "file");
        _rate = Add("--rate", "The highest learning rate; it rises at first and then falls to nothing.", 0.05);
        _images = Add("--images", "How many of the images to learn from.", 15_000);
    }

    protected override void Run(SampleRun run)
    {
        CifarData data = CifarData.Find(run.Data, run.Get(_images), Tested, BatchSize, 32, run.Seed);
        LabelledImages test = Cifar10.Load(CifarData.Folder(run.Data), train: false, Means, Deviations);

        using CifarResNet20 published = new();
        AnsiConsole.WriteLine(published.LoadWeights(run.Get(_weights) ?? PublishedResNet.Find(run.Data)).ToString());
        bool[] right = Judge(published, new DataLoader(test, 250));
        AnsiConsole.WriteLine($"The published weights classify {right.Count(r => r):n0} of {right.Length:n0} test images right");
        AnsiConsole.WriteLine();

        manual_seed((long)run.Seed);
        using CifarResNet20 network = ResNetOnCifar.CreateNetwork();
        using Sgd optimizer = ResNetOnCifar.CreateOptimizer(network, run.Get(_rate));
        Trainer trainer = ResNetOnCifar.CreateTrainer(network, run.Plan(ResNetOnCifar.Options) with { Steps = null, Schedule = new CosineSchedule(warmup: 0.2) }, optimizer);
        FitResult result = run.Fit(trainer, data.Training, title: "ResNet-20 on CIFAR-10");

        run.Figure("From scratch", $"{100 * trainer.Evaluate(data.Test)["accuracy"]:0.0} % of the test images right after {result.Step:n0} steps");
        run.Figure("Published weights", $"{right.Count(r => r):n0} of {right.Length:n0} right, as in PyTorch on these images");
        int[] wrong = [.. Enumerable.Range(0, right.Length).Where(i => !right[i]).Take(Shown)];
        using Batch some = test.WithoutNormalizing().Read([.. wrong.Select(i => (long)i)]);
        run.Picture("misread", "What the published network takes for something else", ImageSheet.Encode(some.Input, columns: 9));
    }

    /// <summary>Which images the network classifies right.</summary>
    private static bool[] Judge(CifarResNet20 network, DataLoader images)
    {
        network.eval();
        using var noGradient = no_grad();
        List<bool> right = [];
        foreach (Batch batch in images.Epoch(0))
        {
            using (batch)
            using (NewDisposeScope()) right.AddRange(network.call(batch.Input).argmax(1).eq(batch.Target).data<bool>().ToArray());
        }

        return [.. right];
    }
}
