using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Dlm.Benchmarks.Optimizers;

/// <summary>PyTorch's own AdamW in a Python process, a step at a time.</summary>
internal sealed class PythonAdamW : IDisposable
{
    // The system's own Python is the one that the system's PyTorch belongs to.
    private static readonly string Python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
    private readonly Process _process;

    public PythonAdamW(IEnumerable<long[]> shapes, int threads)
    {
        ProcessStartInfo start = new(Python, ["-W", "ignore", Path.Combine(AppContext.BaseDirectory, "Optimizers", "adamw.py")]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        _process = Process.Start(start)!;
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(new { threads, shapes }));
        Version = Answer();
    }

    /// <summary>PyTorch's version.</summary>
    public string Version { get; }

    /// <summary>Makes one step, of the "default" form or the "foreach" form.</summary>
    /// <returns>The milliseconds it took.</returns>
    public double Step(string form)
    {
        _process.StandardInput.WriteLine(form);
        return double.Parse(Answer(), CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private string Answer() => _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{Python} stopped; PyTorch is needed: apt-get install python3-torch.");
}
