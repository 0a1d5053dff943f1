using System.CommandLine;
using Dlm.Models.Vision;
using Dlm.Runtime.Data;
using Dlm.Runtime.Metrics;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Reports;
using Dlm.Runtime.Schedules;
using Dlm.Runtime.Training;
using Spectre.Console;
using static TorchSharp.torch;

namespace Dlm.Samples.Vision;

/// <summary>A U-Net, narrower than the paper's, says of each pixel of a scene which digit it belongs to, or that it belongs to none.</summary>
internal sealed class UNetSample : Sample
{
    private const int Classes = 11; // the background, and ten digits
    private const int Side = 64, BatchSize = 8, Tested = 1_000, Shown = 8;

    // Black, and ten colours that are told apart.
    private static readonly float[] Colours =
    [
        0, 0, 0, 0.90f, 0.10f, 0.29f, 0.24f, 0.71f, 0.29f, 1, 0.88f, 0.10f, 0.26f, 0.39f, 0.85f, 0.96f, 0.51f, 0.19f,
        0.57f, 0.12f, 0.71f, 0.26f, 0.83f, 0.96f, 0.94f, 0.20f, 0.90f, 0.75f, 0.94f, 0.27f, 0.98f, 0.75f, 0.83f,
    ];

    private readonly Option<int> _scenes, _base;
    private readonly Option<double> _rate;

    public UNetSample()
        : base("unet", "A U-Net finds the digits in cluttered scenes, pixel by pixel (MNIST).", DigitData.Option, epochs: 1)
    {
        _scenes = Add("--scenes", "How many scenes to learn from.", 16_000);
        _base = Add("--base", "How many channels its first layer has; the paper's has 64.", 8);
        _rate = Add("--rate", "The highest learning rate; it rises at first and then falls to nothing.", 1e-2);
    }

    protected override void Run(SampleRun run)
    {
        DigitData digits = DigitData.Find(run.Data, run.Seed);
        ClutteredDigits training = new(digits.Training, run.Get(_scenes), Side, run.Seed), test = new(digits.Test, Tested, Side, run.Seed + 1);
        DataLoader testing = new(test, 100);

        manual_seed((long)run.Seed);
        using UNet network = new(channels: 1, Classes, run.Get(_base));
        using Adam optimizer = new(network, run.Get(_rate));
        Trainer trainer = new(
            new Supervised(network, Losses.CrossEntropy, optimizer, new Accuracy()),
            run.Plan(new TrainerOptions { Schedule = new CosineSchedule(warmup: 0.2) }));
        AnsiConsole.WriteLine($"U-Net: {network.parameters().Sum(p => p.numel()):n0} parameters; {training.Count:n0} scenes of {digits.Name} to learn from, {test.Count:n0} to test with");
        run.Fit(trainer, new DataLoader(training, BatchSize, new ShuffledSampler(training.Count, run.Seed)), title: $"U-Net on scenes of {digits.Name}");

        (double overlap, double right) = Judge(network, testing);
        run.Figure("Overlap of digits found and digits there", $"{100 * overlap:0.0} % (intersection over union, mean of ten digits)");
        run.Figure("Pixels of digits named right", $"{100 * right:0.0} %");
        run.Figure("All pixels right", $"{100 * trainer.Evaluate(testing)["accuracy"]:0.00} %");
        run.Picture("scenes", "Scenes; which digit each pixel belongs to, a colour for each; and what the network says", DrawScenes(network, test));
    }

    /// <summary>The overlap of each digit, over all scenes, averaged; and the share of the digits' pixels that were named right.</summary>
    private static (double Overlap, double Right) Judge(UNet network, DataLoader scenes)
    {
        network.eval();
        using var noGradient = no_grad();
        double[] both = new double[Classes], either = new double[Classes], there = new double[Classes];
        foreach (Batch batch in scenes.Epoch(0))
        {
            using (batch)
            using (NewDisposeScope())
            {
                Tensor said = network.call(batch.Input).argmax(1);
                for (int c = 1; c < Classes; c++)
                {
                    (Tensor found, Tensor truth) = (said.eq(c), batch.Target.eq(c));
                    both[c] += found.logical_and(truth).sum().item<long>();
                    either[c] += found.logical_or(truth).sum().item<long>();
                    there[c] += truth.sum().item<long>();
                }
            }
        }

        return (Enumerable.Range(1, Classes - 1).Average(c => both[c] / either[c]), both.Sum() / there.Sum());
    }

    private static byte[] DrawScenes(UNet network, IDataset scenes)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using Batch some = scenes.Read([.. Enumerable.Range(0, Shown).Select(i => (long)i)]);
        Tensor colours = tensor(Colours).reshape(Classes, 3);
        return ImageSheet.Encode(cat([some.Input.expand(-1, 3, -1, -1), Coloured(some.Target), Coloured(network.call(some.Input).argmax(1))]), columns: Shown);

        Tensor Coloured(Tensor classes) => colours.index_select(0, classes.flatten()).reshape(Shown, Side, Side, 3).permute(0, 3, 1, 2);
    }
}
