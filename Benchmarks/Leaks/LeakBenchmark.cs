using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Dlm.Runtime.Data;
using Dlm.Runtime.Data.Drawn;
using Dlm.Runtime.Display;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Training;
using static TorchSharp.torch;

namespace Dlm.Benchmarks.Leaks;

/// <summary>Long runs of a small convolution network and of an LSTM, while tensors and resident memory are watched: neither may grow by more than one per cent.</summary>
internal static class LeakBenchmark
{
    private const double Allowed = 0.01;

    /// <summary>Trains and prints how many tensors and how many MiB there are on the way.</summary>
    /// <returns>Whether both stayed.</returns>
    public static bool Run()
    {
        // A thread that joins the pool late brings a pool of memory of its own, some MiB that are no leak.
        int threads = Environment.ProcessorCount + 2;
        ThreadPool.SetMinThreads(threads, threads);
        ThreadPool.SetMaxThreads(threads, threads);
        manual_seed(0);
        using LeNetLike lenet = new();
        using SequenceNet lstm = new(symbols: 40, width: 32, hidden: 128);
        bool first = Watch("LeNet", lenet, Losses.CrossEntropy, DrawnDigits.Draw(640, seed: 0), batch: 16, steps: 10_000);
        bool second = Watch("LSTM", lstm, (output, target) => Losses.CrossEntropy(output.flatten(0, 1), target.flatten()), new CountingText(640, 40, 50), batch: 16, steps: 1_000);
        return first && second;
    }

    private static bool Watch(string name, nn.Module<Tensor, Tensor> network, Loss loss, IDataset data, int batch, int steps)
    {
        using AdamW optimizer = new(network, 1e-3);
        int perEpoch = (int)(data.Count / batch), epochs = steps / perEpoch;
        TrainerOptions options = new() { Epochs = epochs, Display = new SilentDisplay(), HandleSignals = false, ClipNorm = 1 };
        Trainer trainer = new(new Supervised(network, loss, optimizer), options);
        MemoryWatch watch = new(name, epochs);
        trainer.Callbacks.Add(watch);
        trainer.Fit(new DataLoader(data, batch, new ShuffledSampler(data.Count, seed: 0)));
        return watch.Stayed(Allowed);
    }
}

/// <summary>Notes at the end of epochs, ten times in a run, what is alive.</summary>
/// <remarks>Until three tenths of the run, threads, compiled code and pools of memory are still being made: it is judged from there on.</remarks>
internal sealed partial class MemoryWatch(string name, int epochs) : ICallback
{
    private readonly List<(long Step, long Tensors, double MiB)> _marks = [];

    public void EpochEnded(Trainer trainer, TrainingProgress progress, EpochSummary epoch)
    {
        if (progress.Epoch * 10 / epochs == (progress.Epoch - 1) * 10 / epochs) return;
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true); // gives back what garbage held
        if (OperatingSystem.IsLinux()) _ = TrimHeap(0); // and what the C library keeps for later
        using Process process = Process.GetCurrentProcess();
        _marks.Add((progress.Step, Tensor.TotalCount, process.WorkingSet64 / (1024.0 * 1024)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-8}{_marks[^1].Step,8} steps{_marks[^1].Tensors,8} tensors{_marks[^1].MiB,10:F1} MiB resident"));
    }

    public bool Stayed(double allowed)
    {
        (_, long tensors, double memory) = _marks[2];
        (_, long tensorsNow, double memoryNow) = _marks[^1];
        bool stayed = tensorsNow == tensors && memoryNow <= memory * (1 + allowed);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name}: tensors {tensorsNow - tensors:+0;-0;0}, resident memory {memoryNow / memory - 1:+0.0%;-0.0%;0.0%}: {(stayed ? "flat" : "IT GROWS")}"));
        return stayed;
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int TrimHeap(nuint left);
}
