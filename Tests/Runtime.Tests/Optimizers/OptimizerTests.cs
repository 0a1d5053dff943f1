using System.Diagnostics;
using System.Text.Json;
using Dlm.Runtime.Data;
using Dlm.Runtime.Optimizers;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace Dlm.Runtime.Tests.Optimizers;

/// <summary>Every optimizer against torch.optim: the reference file is always compared with, and Python, where it has torch, with the file.</summary>
public sealed class OptimizerTests
{
    private const double Tolerance = 1e-6;
    private const int Steps = 100;
    private static readonly long[][] Shapes = [[3, 4], [5]];
    // The system's own Python is the one that the system's PyTorch belongs to.
    private static readonly string Python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Optimizers", "reference");

    private static readonly Dictionary<string, Func<IEnumerable<ParameterGroup>, Optimizer>> Cases = new()
    {
        ["sgd"] = groups => new Sgd(groups, 0.05),
        ["sgd decay"] = groups => new Sgd(groups, 0.05, weightDecay: 0.1),
        ["sgd momentum"] = groups => new Sgd(groups, 0.02, momentum: 0.9, weightDecay: 0.01),
        ["sgd nesterov"] = groups => new Sgd(groups, 0.02, momentum: 0.9, nesterov: true, weightDecay: 0.01),
        ["adam"] = groups => new Adam(groups, 0.01),
        ["adam decay"] = groups => new Adam(groups, 0.02, beta1: 0.8, beta2: 0.99, epsilon: 1e-6, weightDecay: 0.1),
        ["adamw"] = groups => new AdamW(groups, 0.01),
        ["adamw decay"] = groups => new AdamW(groups, 0.02, beta1: 0.8, beta2: 0.99, epsilon: 1e-6, weightDecay: 0.5),
    };

    public static TheoryData<string, bool> AllCases => [.. Cases.Keys.SelectMany(name => new[] { (name, false), (name, true) })];

    [Theory]
    [MemberData(nameof(AllCases))]
    public void Equals_torch_optim_after_a_hundred_steps(string name, bool twice)
    {
        using JsonDocument reference = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "optimizers.json")));
        ScalarType type = twice ? ScalarType.Float64 : ScalarType.Float32;
        double[] expected = [.. reference.RootElement.GetProperty(name).GetProperty(twice ? "float64" : "float32").EnumerateArray().Select(x => x.GetDouble())];

        double[] actual = Run(Cases[name], type);

        for (int i = 0; i < expected.Length; i++) Assert.InRange(actual[i], expected[i] - Tolerance, expected[i] + Tolerance);
    }

    [Fact]
    public async Task The_reference_file_is_what_torch_optim_gives_today()
    {
        ProcessStartInfo start = new(Python, [Path.Combine(Folder, "optimizers.py")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process python = StartOrSkip(start);
        Task<string> errors = python.StandardError.ReadToEndAsync();
        string output = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();
        string complaint = await errors;
        Assert.SkipWhen(complaint.Contains("No module named 'torch'", StringComparison.Ordinal), $"{Python} has no torch: install python3-torch");
        Assert.True(python.ExitCode == 0, complaint);

        using JsonDocument now = JsonDocument.Parse(output), kept = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "optimizers.json")));
        foreach (JsonProperty method in kept.RootElement.EnumerateObject())
        {
            foreach (JsonProperty type in method.Value.EnumerateObject())
            {
                double[] expected = [.. type.Value.EnumerateArray().Select(x => x.GetDouble())];
                double[] actual = [.. now.RootElement.GetProperty(method.Name).GetProperty(type.Name).EnumerateArray().Select(x => x.GetDouble())];
                for (int i = 0; i < expected.Length; i++) Assert.InRange(actual[i], expected[i] - Tolerance, expected[i] + Tolerance);
            }
        }
    }

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

    private static double[] Run(Func<IEnumerable<ParameterGroup>, Optimizer> make, ScalarType type)
    {
        using var scope = NewDisposeScope();
        Parameter[] parameters = [.. Shapes.Select((shape, index) => new Parameter(Wave(shape, index, type)))];
        using Optimizer optimizer = make([new ParameterGroup(parameters.Select((parameter, i) => ($"p{i}", parameter)))]);
        for (int step = 0; step < Steps; step++)
        {
            optimizer.ZeroGradients();
            Tensor loss = zeros([], dtype: type);
            for (int i = 0; i < parameters.Length; i++)
            {
                loss += (0.15 * parameters[i] * parameters[i] + Wave(Shapes[i], 0.1 * step + i, type) * parameters[i]).sum();
            }

            loss.backward();
            optimizer.Step();
        }

        return [.. parameters.SelectMany(parameter => parameter.detach().to(ScalarType.Float64).ToArray<double>())];
    }

    private static Tensor Wave(long[] shape, double phase, ScalarType type)
    {
        double[] values = [.. Enumerable.Range(0, (int)shape.Aggregate((a, b) => a * b)).Select(i => Math.Sin(0.7 * i + phase))];
        return tensor(values, shape, dtype: type);
    }
}
