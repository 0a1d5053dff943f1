using System.Globalization;
using System.Runtime.InteropServices;
using Dlm.Runtime.Data;
using Dlm.Runtime.Data.Drawn;
using Dlm.Runtime.Display;
using Dlm.Runtime.Distributed;
using Dlm.Runtime.Metrics;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Training;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Distributed;

/// <summary>A training run that one process makes as well as several, and what comes of it, as text.</summary>
internal static class SharedRun
{
    public const int Samples = 160;

    /// <summary>What a run is told.</summary>
    /// <param name="Batch">How many samples each process takes at once.</param>
    /// <param name="Epochs">How many epochs.</param>
    /// <param name="Steps">How many steps, if less.</param>
    /// <param name="Folder">Where checkpoints go, and where to go on from if there are any.</param>
    /// <param name="Accumulate">How many batches share an update.</param>
    /// <param name="Samples">How many samples there are.</param>
    public sealed record Plan(int Batch, int Epochs = 2, long? Steps = null, string? Folder = null, int Accumulate = 1, int Samples = Samples)
    {
        public string[] Arguments => [Text(Batch), Text(Epochs), Text(Steps ?? 0), Folder ?? "", Text(Accumulate), Text(Samples)];

        public static Plan From(string[] arguments)
        {
            long[] numbers = [.. arguments.Select(argument => long.TryParse(argument, CultureInfo.InvariantCulture, out long number) ? number : 0)];
            return new Plan((int)numbers[0], (int)numbers[1], numbers[2] == 0 ? null : numbers[2], arguments[3].Length == 0 ? null : arguments[3], (int)numbers[4], (int)numbers[5]);
        }

        private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
    }

    /// <summary>Trains, and writes scores and parameters, a line each.</summary>
    public static string[] Train(ProcessGroup? group, Plan plan, params ICallback[] callbacks)
    {
        manual_seed(group is null ? 7 : 7 + group.Rank); // the first one's parameters count
        using var network = Network();
        using Sgd optimizer = new(network, 0.05, momentum: 0.9);
        LabelledImages digits = DrawnDigits.Draw(plan.Samples, seed: 1);
        bool resumes = plan.Folder is not null && Directory.Exists(plan.Folder);
        Trainer trainer = new(
            new Supervised(network, Losses.CrossEntropy, optimizer, new Accuracy()),
            new TrainerOptions
            {
                Epochs = plan.Epochs, Steps = plan.Steps, AccumulateBatches = plan.Accumulate, CheckpointFolder = plan.Folder, Distributed = group, Display = new SilentDisplay(), ClipNorm = 5,
            });
        foreach (ICallback callback in callbacks) trainer.Callbacks.Add(callback);
        FitResult result = trainer.Fit(
            new DataLoader(digits, plan.Batch, new ShuffledSampler(plan.Samples, 3)), new DataLoader(digits, 33), resumes ? plan.Folder : null);

        using ConfusionMatrix confusion = new(10);
        Scores scores = trainer.Evaluate(new DataLoader(digits, 7), confusion);
        return
        [
            .. result.History.Epochs.Select(epoch => Line($"epoch {epoch.Epoch} {epoch.Step}", [epoch.Training["loss"], epoch.Training["accuracy"], epoch.Validation!["loss"], epoch.Validation["accuracy"]])),
            Line("test", [scores["loss"], scores["accuracy"], confusion.ReadCounts().Cast<long>().Sum()]),
            .. network.named_parameters().Select(parameter => Line(parameter.name, parameter.parameter)),
        ];
    }

    /// <summary>Requires the same lines, with numbers that differ by 1e-6 at most.</summary>
    public static void RequireSame(string[] expected, string[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            (string name, double[] numbers) = Parse(expected[i]);
            (string same, double[] others) = Parse(actual[i]);
            Assert.Equal(name, same);
            PythonReference.Close(numbers, others, 1e-6);
        }
    }

    /// <summary>A name and the numbers of a tensor.</summary>
    public static string Line(string name, Tensor tensor)
    {
        using Tensor near = tensor.detach().to(ScalarType.Float64).contiguous();
        return Line(name, near.data<double>().ToArray());
    }

    private static nn.Module<Tensor, Tensor> Network() => nn.Sequential(
        ("conv1", nn.Conv2d(1, 6, 5)), ("relu1", nn.ReLU()), ("pool1", nn.MaxPool2d(2)), ("conv2", nn.Conv2d(6, 8, 5)), ("relu2", nn.ReLU()),
        ("pool2", nn.MaxPool2d(2)), ("flatten", nn.Flatten()), ("fc1", nn.Linear(8 * 4 * 4, 24)), ("relu3", nn.ReLU()), ("fc2", nn.Linear(24, 10)));

    private static string Line(string name, double[] numbers) => $"{name}: {Convert.ToHexString(MemoryMarshal.AsBytes<double>(numbers))}";

    private static (string Name, double[] Numbers) Parse(string line)
    {
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        return (line[..colon], MemoryMarshal.Cast<byte, double>(Convert.FromHexString(line[(colon + 2)..])).ToArray());
    }
}
