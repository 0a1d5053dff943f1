using System.Diagnostics;

namespace Dlm.Models.Tests;

/// <summary>Runs a script of Tests/Oracle, where there is a PyTorch to ask.</summary>
internal static class PythonOracle
{
    // The distribution's, which has its PyTorch; a python3 earlier on the path may be another.
    private static readonly string Python = Environment.GetEnvironmentVariable("DLM_PYTHON") ?? "/usr/bin/python3";

    private static readonly Lazy<bool> HasPyTorch = new(() => File.Exists(Python) && Run("-c", "import torch, torchvision").Status == 0);

    /// <summary>Skips the test where there is none.</summary>
    public static void SkipWithoutPyTorch() => Assert.SkipUnless(
        HasPyTorch.Value, $"{Python} has no PyTorch and torchvision to ask: apt-get install python3-torch python3-torchvision");

    /// <summary>Has a script write into a folder.</summary>
    public static void Write(string script, string folder, params string[] names)
    {
        var (status, text) = Run(["-B", Path.Combine(Reference.Folder, script), "--into", folder, .. names]);
        Assert.True(status == 0, text);
    }

    private static (int Status, string Text) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        return (process.ExitCode, text);
    }
}
