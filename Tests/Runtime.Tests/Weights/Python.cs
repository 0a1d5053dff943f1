using System.ComponentModel;
using System.Diagnostics;

namespace Dlm.Runtime.Tests.Weights;

/// <summary>Runs weights.py where PyTorch for Python is installed.</summary>
internal static class Python
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "Weights", "reference", "weights.py");

    // The distribution's own python3 has its PyTorch; one earlier on the path may be another.
    private static readonly Lazy<string?> Program = new(() =>
        new[] { Environment.GetEnvironmentVariable("DLM_PYTHON"), "python3", "/usr/bin/python3" }.FirstOrDefault(name => name is not null && Start(name, "-c", "import torch").Status == 0));

    /// <summary>What weights.py prints, or a skipped test.</summary>
    public static string RunOrSkip(params string[] arguments)
    {
        Assert.SkipWhen(Program.Value is null, "PyTorch for Python is not installed here (apt-get install python3-torch): nothing to compare with.");
        (int status, string output, string errors) = Start(Program.Value!, ["-B", "-W", "ignore", Script, .. arguments]);
        Assert.True(status == 0, errors);
        return output;
    }

    private static (int Status, string Output, string Errors) Start(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, errors.Result);
        }
        catch (Win32Exception e)
        {
            return (-1, "", e.Message);
        }
    }
}
