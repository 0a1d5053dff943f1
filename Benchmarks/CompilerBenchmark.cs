using System.Diagnostics;
using System.Globalization;
using Dlm.Dsl;
using Dlm.Dsl.Text;

namespace Dlm.Benchmarks;

/// <summary>
/// How long the compiler takes in an editor that runs already: the zoo as it is and many times over, a net of 1,202 layers, and the file
/// that takes longest. Each row is the median of several runs in this process, after a warm-up.
/// </summary>
internal static class CompilerBenchmark
{
    private const int Runs = 15;

    private static readonly CompilerOptions Options = new("Benchmark");

    /// <summary>Measures the <c>.dlm</c> files below <paramref name="folder"/> and prints a table.</summary>
    public static void Run(string folder)
    {
        var zoo = Directory.EnumerateFiles(folder, "*.dlm", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => (Path: path, Text: File.ReadAllText(path))).ToArray();
        if (zoo.Length == 0) throw new ArgumentException($"There is no .dlm file below {folder}.", nameof(folder));

        Console.WriteLine($"{"",-34}{"median ms",12}{"fastest",10}{"slowest",10}");
        Row($"the zoo, {zoo.Length} files", () => Compile(zoo));
        var copies = Enumerable.Range(0, 200).Select(i => (Path: $"{i}.dlm", zoo[i % zoo.Length].Text)).ToArray();
        Row("200 copies of its files", () => Compile(copies));
        var resNet = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "ResNet1202.dlm"));
        Row("ResNet-1202", () => Compile([("ResNet1202.dlm", resNet)]));
        var slowest = zoo.MaxBy(file => Time(() => Compile([file])).TotalMilliseconds);
        Row($"its slowest file, {Path.GetFileName(slowest.Path)}", () => Compile([slowest]));
    }

    private static void Row(string name, Action work)
    {
        for (var i = 0; i < 3; i++) work();
        var times = Enumerable.Range(0, Runs).Select(_ => Time(work).TotalMilliseconds).Order().ToArray();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-34}{times[Runs / 2],12:F1}{times[0],10:F1}{times[^1],10:F1}"));
    }

    private static TimeSpan Time(Action work)
    {
        var started = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(started);
    }

    // From text to C#, each file by itself: nothing is kept from the run before.
    private static void Compile((string Path, string Text)[] files)
    {
        foreach (var (path, text) in files)
        {
            var compiled = DlmCompiler.Compile(DlmCompiler.Parse(path, text), EquatableArray<ParsedFile>.Empty, Options);
            if (compiled.Sources.Count == 0) throw new InvalidOperationException($"{path} does not compile: {string.Join("\n", compiled.Diagnostics)}");
        }
    }
}
