using System.Diagnostics;
using System.Globalization;
using Dlm.Runtime.Optimizers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Dlm.Benchmarks.Optimizers;

/// <summary>
/// One AdamW step over the parameters of ResNet-50 and of GPT-2 small: the native pass, PyTorch's default and foreach forms, TorchSharp's
/// loop over the parameters, and a plain copy of memory. They take turns, so that a machine that is busy is busy for all; on one
/// that is, the fastest of the rounds tells more than their median.
/// </summary>
internal static class OptimizerBenchmark
{
    private const int Rounds = 15;

    // A step of AdamW reads values, gradients and two moments, and writes all but the gradients.
    private const int BytesOfAStep = 7 * sizeof(float), BytesOfACopy = 2 * sizeof(float);

    /// <summary>Measures and prints a table.</summary>
    public static void Run()
    {
        set_num_threads(Environment.ProcessorCount);
        Measure("ResNet-50", [.. ParameterShapes.ResNet50()]);
        Measure("GPT-2 small", [.. ParameterShapes.Gpt2()]);
    }

    private static void Measure(string name, long[][] shapes)
    {
        if (Runtime.Optimizers.Optimizer.WhyNotFused is { } why) Console.WriteLine($"There is no native pass here: {why}.");
        using var scope = NewDisposeScope();
        manual_seed(0);
        Parameter[] flat = Make(shapes), looped = Make(shapes);
        long count = shapes.Sum(shape => shape.Aggregate((a, b) => a * b));
        using Runtime.Optimizers.AdamW ours = new([new ParameterGroup(flat.Select((parameter, i) => ($"p{i}", parameter)))]);
        using var theirs = optim.AdamW(looped);
        using PythonAdamW python = new(shapes, Environment.ProcessorCount);
        Tensor source = ones(count), target = zeros(count);

        (string Name, Func<double> Step)[] contenders =
        [
            ("Dlm", () => Time(ours.Step)),
            ($"PyTorch {python.Version}, default", () => python.Step("default")),
            ($"PyTorch {python.Version}, foreach", () => python.Step("foreach")),
            ("TorchSharp's loop", () => Time(() => theirs.step())),
            ("copy of as many numbers", () => Time(() => target.copy_(source))),
        ];
        double[][] times = [.. contenders.Select(_ => new double[Rounds])];
        for (int round = -2; round < Rounds; round++)
        {
            for (int c = 0; c < contenders.Length; c++)
            {
                double time = contenders[c].Step();
                if (round >= 0) times[c][round] = time;
            }
        }

        double[] medians = [.. times.Select(t => t.Order().ElementAt(Rounds / 2))], fastest = [.. times.Select(t => t.Min())];
        double copied = BytesOfACopy * count / fastest[^1];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"AdamW on {name}: {count:N0} numbers in {shapes.Length} parameters, {Environment.ProcessorCount} threads"));
        Console.WriteLine($"{"",-34}{"median ms",10}{"to Dlm's",10}{"fastest ms",12}{"to Dlm's",10}{"of the copy rate",18}");
        for (int c = 0; c < contenders.Length; c++)
        {
            double share = (c == contenders.Length - 1 ? BytesOfACopy : BytesOfAStep) * count / fastest[c] / copied;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{contenders[c].Name,-34}{medians[c],10:F1}{medians[c] / medians[0],9:F2}x{fastest[c],12:F1}{fastest[c] / fastest[0],9:F2}x{share,18:P0}"));
        }

        Console.WriteLine();
    }

    private static Parameter[] Make(long[][] shapes) => [.. shapes.Select(shape => new Parameter(randn(shape)) { grad = randn(shape) })];

    private static double Time(Action work)
    {
        long started = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
