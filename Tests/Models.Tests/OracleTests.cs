using System.Diagnostics;

namespace Dlm.Models.Tests;

/// <summary>The committed references are what PyTorch gives today.</summary>
public sealed class OracleTests
{
    // The distribution's, which has its PyTorch; a python3 earlier on the path may be another.
    private static readonly string Python = Environment.GetEnvironmentVariable("DLM_PYTHON") ?? "/usr/bin/python3";

    [Fact]
    public void EveryReferenceIsWhatPyTorchGives()
    {
        Assert.SkipUnless(
            File.Exists(Python) && Run("-c", "import torch, torchvision").Status == 0,
            $"{Python} has no PyTorch and torchvision to ask: apt-get install python3-torch python3-torchvision");

        var folder = Directory.CreateTempSubdirectory("dlm-oracle-");
        try
        {
            var (status, text) = Run("-B", Path.Combine(Reference.Folder, "reference.py"), "--into", folder.FullName);
            Assert.True(status == 0, text);

            var committed = Names(Path.Combine(Reference.Folder, "references"));
            Assert.Equal(committed, Names(folder.FullName));
            Assert.Equal(File.ReadAllText(Path.Combine(Reference.Folder, "references", "fill.json")), File.ReadAllText(Path.Combine(folder.FullName, "fill.json")));
            Assert.All(committed.Where(name => name != "fill"), name =>
            {
                var (expected, actual) = (Reference.Read(name), Reference.Read<Reference>(Path.Combine(folder.FullName, name + ".json")));
                Assert.Equal(actual.Parameters, expected.Parameters);
                Assert.Equal(actual.State, expected.State);
                Assert.Equal(actual.Inputs, expected.Inputs);
                Assert.Equal(actual.Output is null, expected.Output is null);
                if (expected.Output is { } output) actual.Output!.AssertNear(output, 1e-5);
                Assert.Equal(actual.Others.Length, expected.Others.Length);
                Assert.All(expected.Others.Zip(actual.Others), pair => pair.Second.AssertNear(pair.First, 1e-5));
            });
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string[] Names(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

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
