using System.Globalization;
using Dlm.Dsl;

namespace Dlm.Benchmarks.Compiler;

/// <summary>
/// How long the compiler takes in an editor that runs already: the zoo as it is and many times over, a net of 1,202 layers, the file
/// that takes longest, and what the C# compiler's driver runs again after an edit.
/// </summary>
internal static class CompilerBenchmark
{
    private static readonly CompilerOptions Options = new("Benchmark");

    /// <summary>Measures the <c>.dlm</c> files below <paramref name="folder"/> and prints a table.</summary>
    public static void Run(string folder)
    {
        var zoo = Directory.EnumerateFiles(folder, "*.dlm", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => (Path: path, Text: File.ReadAllText(path))).ToArray();
        if (zoo.Length == 0) throw new ArgumentException($"There is no .dlm file below {folder}.", nameof(folder));
        var resNet = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "ResNet1202.dlm"));

        // The very first run is mostly the just-in-time compiler's.
        var cold = Table.Time(() => Project.Compile(zoo, Options)).TotalMilliseconds;
        Table.Head();
        Table.Line($"the zoo, {zoo.Length} files, first run of a process", string.Create(CultureInfo.InvariantCulture, $"{cold,12:F1}"));
        Table.Row($"the zoo, {zoo.Length} files", () => Project.Compile(zoo, Options));
        foreach (var rounds in new[] { 3, 6, 12 })
        {
            var copies = Project.Copies(zoo, rounds);
            Table.Row($"{rounds} times the zoo, {copies.Length} files", () => Project.Compile(copies, Options));
        }
        Table.Row("ResNet-1202", () => Project.Compile([("ResNet1202.dlm", resNet)], Options));
        var files = zoo.Select(file => (file.Path, Time: Time(zoo, file.Path))).OrderByDescending(file => file.Time).First();
        Table.Line($"its slowest file, {Path.GetFileName(files.Path)}", string.Create(CultureInfo.InvariantCulture, $"{files.Time,12:F1}"));
        IncrementalBenchmark.Run(Project.Copies(zoo, 6));
    }

    private static double Time((string Path, string Text)[] zoo, string path)
    {
        var project = new Project(zoo, Options);
        return Enumerable.Range(0, 5).Select(_ => Table.Time(() => project.Compile(path)).TotalMilliseconds).Order().ElementAt(2);
    }
}
