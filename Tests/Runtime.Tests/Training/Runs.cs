using Dlm.Runtime.Data;
using Dlm.Runtime.Data.Drawn;
using Dlm.Runtime.Data.Transforms;
using Dlm.Runtime.Display;
using Dlm.Runtime.Metrics;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Training;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Training;

/// <summary>A small run on drawn digits, ready to be started, stopped and looked at.</summary>
internal sealed class Run : IDisposable
{
    public const int Samples = 160;
    public const int BatchSize = 16;

    public static readonly TrainerOptions Quiet = new() { Display = new SilentDisplay(), HandleSignals = false };

    private static readonly LabelledImages Digits = DrawnDigits.Draw(Samples, seed: 1);

    public Run(TrainerOptions options, long seed = 7, ITransform? transform = null)
    {
        manual_seed(seed);
        Network = new SmallConvNet();
        Optimizer = new Adam(Network, 2e-3);
        Trainer = new Trainer(new Supervised(Network, Losses.CrossEntropy, Optimizer, new Accuracy()), options);
        Training = new DataLoader(Digits, BatchSize, new ShuffledSampler(Samples, (ulong)seed), workers: transform is null ? 1 : 3, transform: transform);
        Validation = new DataLoader(Digits, 80);
    }

    public SmallConvNet Network { get; }

    public Adam Optimizer { get; }

    public Trainer Trainer { get; }

    public DataLoader Training { get; }

    public DataLoader Validation { get; }

    /// <summary>All parameters and buffers, as bytes.</summary>
    public byte[] State => [.. Network.state_dict().OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => pair.Value.detach().contiguous().bytes.ToArray())];

    public void Dispose()
    {
        Optimizer.Dispose();
        Network.Dispose();
    }
}

/// <summary>Does something after every step.</summary>
internal sealed class AfterStep(Action<Trainer, TrainingProgress> action) : ICallback
{
    public void StepEnded(Trainer trainer, TrainingProgress progress) => action(trainer, progress);
}
