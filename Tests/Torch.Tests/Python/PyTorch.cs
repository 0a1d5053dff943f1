using System.Diagnostics;
using System.Text.Json;

namespace Dlm.Torch.Tests;

/// <summary>What PyTorch computed for the cases of reference.py, in one run of one Python process.</summary>
public sealed class PyTorch
{
    private static readonly Lazy<(PyTorch? Reference, string Reason)> Shared = new(Run);

    private PyTorch(Dictionary<string, Value[]> cases) => Cases = cases;

    /// <summary>A tensor as Python wrote it.</summary>
    public sealed record Value(long[] Shape, double[] Data);

    private sealed record Output(string Version, Dictionary<string, Value[]> Cases);

    public IReadOnlyDictionary<string, Value[]> Cases { get; }

    /// <summary>The reference, or a skipped test that says why there is none.</summary>
    public static PyTorch OrSkip()
    {
        var (reference, reason) = Shared.Value;
        Assert.SkipWhen(reference is null, reason);
        return reference!;
    }

    private static (PyTorch?, string) Run()
    {
        // Debian's own Python has python3-torch, even where another one comes first on the path.
        var python = new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(name => Start(name, "-c", "import torch").Code == 0);
        if (python is null)
            return (null, "PyTorch for Python is not installed here (apt-get install python3-torch): nothing to compare with.");
        var script = Path.Combine(AppContext.BaseDirectory, "Python", "reference.py");
        var (code, output, errors) = Start(python, "-W", "ignore", script);
        Assert.True(code == 0, errors);
        var parsed = JsonSerializer.Deserialize<Output>(output, JsonSerializerOptions.Web)!;
        return string.Join('.', parsed.Version.Split('.').Take(2)) == string.Join('.', __version__.Split('.').Take(2))
            ? (new PyTorch(parsed.Cases), "")
            : (null, $"Python's PyTorch is {parsed.Version}, libtorch {__version__}: their random numbers may differ.");
    }

    private static (int Code, string Output, string Errors) Start(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, errors.Result);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (-1, "", e.Message);
        }
    }
}
