using System.Diagnostics;

namespace Dlm.Torch.Tests;

/// <summary>What eng/setup.sh says where it cannot go on. None of these runs gets as far as to change anything.</summary>
public sealed class SetupTests : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("setup").FullName;

    public void Dispose() => Directory.Delete(_path, recursive: true);

    [Fact]
    public void WithoutDotnet() => Fails(
        "setup: the .NET SDK is missing: there is no 'dotnet' on the path.", tools: ["bash", "dirname"]);

    [Fact]
    public void WithAnUnknownChoice() => Fails(
        "setup: DLM_TORCH is 'sytem'; it must be 'package' or 'system'.", ("DLM_TORCH", "sytem"));

    [Fact]
    public void WithContradictingChoices() => Fails(
        "setup: TORCH_PREFIX names a libtorch, and DLM_TORCH=package asks for none.", ("DLM_TORCH", "package"), ("TORCH_PREFIX", "/opt/torch"));

    [Fact]
    public void WithAFolderThatHasNoLibtorch() => Fails(
        $"setup: TORCH_PREFIX={_path} has no include/ATen/ATen.h or no lib/libtorch_cpu.so;", ("TORCH_PREFIX", _path));

    [Fact]
    public void WithNeitherPackageNorApt() => Fails(
        "g++ cmake make is missing and there is no apt-get.", ("DLM_TORCH", "system"));

    private void Fails(string message, params (string, string)[] variables) =>
        Fails(message, ["bash", "cat", "cut", "dirname", "dotnet", "grep", "ls", "mkdir", "sed", "sha256sum"], variables);

    private void Fails(string message, string[] tools, params (string Name, string Value)[] variables)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "eng/setup.sh builds the native file on Linux alone.");
        foreach (var tool in tools)
            File.CreateSymbolicLink(Path.Combine(_path, tool), Find(tool));
        var start = new ProcessStartInfo("/bin/bash", [Path.Combine(Root(), "eng", "setup.sh")]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment.Clear();
        start.Environment["PATH"] = _path;
        foreach (var (name, value) in variables)
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        Assert.Contains(message, errors.Result);
        Assert.Single(errors.Result.TrimEnd().Split('\n'));
        Assert.Equal("", output);
        Assert.Equal(1, process.ExitCode);
    }

    private static string Find(string tool) => Environment.GetEnvironmentVariable("PATH")!.Split(':')
        .Select(folder => Path.Combine(folder, tool)).First(File.Exists);

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Compiler.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run within the repository.");
        return folder;
    }
}
