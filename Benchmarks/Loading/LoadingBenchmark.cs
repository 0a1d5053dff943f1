using System.Diagnostics;
using System.Globalization;
using Dlm.Benchmarks.Leaks;
using Dlm.Runtime.Data;
using Dlm.Runtime.Data.Drawn;
using Dlm.Runtime.Data.Text;
using Dlm.Runtime.Data.Transforms;
using Dlm.Runtime.Display;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Training;
using static TorchSharp.torch;

namespace Dlm.Benchmarks.Loading;

/// <summary>How long LeNet at batch 64 stands waiting for data, and how fast a thread prepares batches of all kinds.</summary>
internal static class LoadingBenchmark
{
    private const int BatchSize = 64, Rounds = 3;

    /// <summary>Measures with the data sets in a folder, or with drawn digits.</summary>
    public static void Run(string? folder)
    {
        LabelledImages digits = folder is null ? DrawnDigits.Draw(60_000, seed: 0) : Mnist.Load(folder, train: true);
        Console.WriteLine($"LeNet at batch {BatchSize}, an epoch of {digits.Count} digits, by threads that prepare batches: the share of the time that training waited");
        foreach (int workers in (int[])[0, 1, 2]) Train($"{workers} threads", digits, workers, null);
        Train("1 thread, augmented", digits, 1, new Augmentation(0, new RandomCrop(28, pad: 2), new Cutout(6)));

        Console.WriteLine();
        Console.WriteLine("One thread, nothing else to do: samples in a second");
        Prepare("digits", digits, null);
        Prepare("digits, crop and cutout", digits, new Augmentation(0, new RandomCrop(28, pad: 2), new Cutout(6)));
        if (folder is not null)
        {
            LabelledImages pictures = Cifar10.Load(folder, train: true), plain = pictures.WithoutNormalizing();
            Prepare("CIFAR-10", pictures, null);
            Prepare("CIFAR-10, crop, flip and cutout", pictures, new Augmentation(0, new RandomCrop(32, pad: 4), new HorizontalFlip(), new Cutout(16)));
            Prepare("CIFAR-10, two views of SimCLR", plain, new Views(
                0, new RandomResizedCrop(32), new HorizontalFlip(), new Sometimes(0.8, new ColorJitter(0.4, 0.4, 0.4, 0.1)), new Grayscale(0.2), new Normalize(Cifar10.Means, Cifar10.Deviations)));
        }

        int[] text = [.. Enumerable.Range(0, 1_000_000).Select(i => i * 7919 % 5000)];
        Prepare("windows of 128 words", new TokenWindows(text, 128, stride: 16), null);
    }

    private static void Train(string name, LabelledImages data, int workers, ITransform? transform)
    {
        double least = 1, rate = 0;
        for (int round = 0; round < Rounds; round++)
        {
            manual_seed(0);
            using LeNetLike network = new();
            using Adam optimizer = new(network, 1e-3);
            Trainer trainer = new(new Supervised(network, Losses.CrossEntropy, optimizer), new TrainerOptions { Epochs = 1, Display = new SilentDisplay(), HandleSignals = false });
            FitResult result = trainer.Fit(new DataLoader(data, BatchSize, new ShuffledSampler(data.Count, seed: 0), workers: workers, transform: transform));
            EpochSummary epoch = result.History.Epochs[0];
            (least, rate) = (Math.Min(least, epoch.DataShare), Math.Max(rate, epoch.SamplesPerSecond));
        }

        Line(name, string.Create(CultureInfo.InvariantCulture, $"{100 * least,8:F2} %{rate,12:F0} samples/s"));
    }

    private static void Prepare(string name, IDataset data, ITransform? transform)
    {
        double best = 0;
        for (int round = 0; round < Rounds; round++)
        {
            DataLoader loader = new(data, BatchSize, new ShuffledSampler(data.Count, seed: 0), workers: 0, transform: transform);
            long start = Stopwatch.GetTimestamp(), samples = 0;
            foreach (Batch batch in loader.Epoch(0))
            {
                samples += batch.Count;
                batch.Dispose();
                if (Stopwatch.GetElapsedTime(start).TotalSeconds > 3) break;
            }

            best = Math.Max(best, samples / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        Line(name, string.Create(CultureInfo.InvariantCulture, $"{best,12:F0}"));
    }

    private static void Line(string name, string figures) => Console.WriteLine(name.PadRight(40) + figures);
}
