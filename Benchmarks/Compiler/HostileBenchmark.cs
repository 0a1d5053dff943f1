using System.Diagnostics;
using System.Globalization;
using Dlm.Dsl;

namespace Dlm.Benchmarks.Compiler;

/// <summary>Files made to hold the compiler up: how long it takes and how much memory, each in a process of its own.</summary>
internal static class HostileBenchmark
{
    /// <summary>Measures all of <see cref="HostileFiles"/> and prints a table.</summary>
    public static void Run()
    {
        Table.Line("", $"{"ms",10}{"cpu ms",10}{"peak MB",10}   first diagnostic");
        foreach (var name in HostileFiles.All.Keys)
        {
            using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["hostile", name]) { RedirectStandardOutput = true })!;
            Table.Line(name, child.StandardOutput.ReadToEnd().TrimEnd());
            child.WaitForExit();
        }
    }

    /// <summary>Measures one file, in this process.</summary>
    public static void RunOne(string name)
    {
        var text = HostileFiles.All[name]();
        // What every process pays once is not the file's doing.
        Compile("model A : [B, 4] -> [B, 2] { linear(2) -> relu }");
        using var process = Process.GetCurrentProcess();
        var before = process.PeakWorkingSet64;
        var diagnostic = "";
        var used = process.TotalProcessorTime;
        var elapsed = Table.Time(() => diagnostic = Compile(text)).TotalMilliseconds;
        process.Refresh();
        used = process.TotalProcessorTime - used;
        var peak = Math.Max(0, process.PeakWorkingSet64 - before) >> 20;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{elapsed,10:F0}{used.TotalMilliseconds,10:F0}{peak,10}   {diagnostic}"));
    }

    private static string Compile(string text)
    {
        var compiled = DlmCompiler.Compile(DlmCompiler.Parse("hostile.dlm", text), default, new CompilerOptions("Benchmark"));
        var first = compiled.Diagnostics.OrderByDescending(d => d.Severity).FirstOrDefault();
        var message = first is null ? "" : $"{first.Id} {first.Message.Split('\n')[0]}";
        return message.Length > 100 ? message[..100] : message;
    }
}
