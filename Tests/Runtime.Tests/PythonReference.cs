using System.Diagnostics;
using System.Text.Json;

namespace Dlm.Runtime.Tests;

/// <summary>A JSON file of numbers that a Python script beside it prints, with PyTorch: the file is always compared with, and the script, where it can run, with the file.</summary>
/// <param name="script">The script's path below the tests: <c>Optimizers/reference/optimizers.py</c>.</param>
internal sealed class PythonReference(string script)
{
    // The system's own Python is the one that the system's PyTorch belongs to.
    private static readonly string Python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
    private readonly string _script = Path.Combine(AppContext.BaseDirectory, script);

    /// <summary>The numbers under a path of names.</summary>
    public double[] Numbers(params string[] names)
    {
        using JsonDocument kept = Kept();
        return Numbers(names.Aggregate(kept.RootElement, (element, name) => element.GetProperty(name)));
    }

    /// <summary>Runs the script and compares all its numbers with the file's; skipped where there is no PyTorch.</summary>
    public async Task RequireSame(double tolerance)
    {
        ProcessStartInfo start = new(Python, ["-W", "ignore", "-B", _script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process python = StartOrSkip(start);
        Task<string> errors = python.StandardError.ReadToEndAsync();
        string output = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();
        string complaint = await errors;
        Assert.SkipWhen(complaint.Contains("No module named 'torch'", StringComparison.Ordinal), $"{Python} has no torch: install python3-torch");
        Assert.True(python.ExitCode == 0, complaint);
        using JsonDocument now = JsonDocument.Parse(output), kept = Kept();
        Compare(now.RootElement, kept.RootElement, tolerance);
    }

    private JsonDocument Kept() => JsonDocument.Parse(File.ReadAllText(Path.ChangeExtension(_script, "json")));

    private static void Compare(JsonElement now, JsonElement kept, double tolerance)
    {
        if (kept.ValueKind == JsonValueKind.Array)
        {
            Close(Numbers(kept), Numbers(now), tolerance);
            return;
        }

        Assert.Equal(kept.EnumerateObject().Select(p => p.Name), now.EnumerateObject().Select(p => p.Name));
        foreach (JsonProperty property in kept.EnumerateObject()) Compare(now.GetProperty(property.Name), property.Value, tolerance);
    }

    /// <summary>Requires equal numbers, up to <paramref name="tolerance"/> for those below one and in proportion for larger ones.</summary>
    public static void Close(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            double allowed = tolerance * Math.Max(1, Math.Abs(expected[i]));
            Assert.True(Math.Abs(expected[i] - actual[i]) <= allowed, $"number {i}: {actual[i]:R}, where {expected[i]:R} is expected");
        }
    }

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(x => x.GetDouble())];

    private static Process StartOrSkip(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("there is no python3");
            throw;
        }
    }
}
