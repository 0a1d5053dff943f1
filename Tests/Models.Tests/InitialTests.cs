using System.Security.Cryptography;
using Dlm.Models.Language;
using static TorchSharp.torch;

namespace Dlm.Models.Tests;

/// <summary>Tests that draw from the one generator all share run alone.</summary>
[CollectionDefinition(Alone, DisableParallelization = true)]
public sealed class Chance
{
    public const string Alone = "draws";
}

/// <summary>With one seed a model begins with the parameters that PyTorch's begins with. Tests/Oracle/initial.py writes what they are.</summary>
[Collection(Chance.Alone)]
public sealed class InitialTests
{
    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Path.Combine(Reference.Folder, "initial")).Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Names))]
    public void BeginsAsPyTorchsDoes(string name)
    {
        var expected = Read(Path.Combine(Reference.Folder, "initial"), name);
        using var scope = NewDisposeScope();
        using var module = Make(name);
        Assert.Equal(expected.Keys, module.named_parameters().Select(parameter => parameter.name));
        Assert.All(module.named_parameters(), entry =>
        {
            var (values, figures) = (entry.parameter, expected[entry.name]);
            Assert.Equal(figures.Shape, values.shape);
            // Of sums of this many float32 values, the last digits depend on their order.
            var most = 1e-6 * figures.Norm;
            Assert.All(figures.First.Zip(values.flatten()[..figures.First.Length].data<float>()), pair => Assert.Equal(pair.First, pair.Second, most));
            Assert.Equal(figures.Mean, values.to(float64).mean().item<double>(), most);
            Assert.Equal(figures.Norm, values.to(float64).norm().item<double>(), most);
        });
    }

    [Fact]
    public void ToTheBitOnOneMachine()
    {
        PythonOracle.SkipWithoutPyTorch();
        var folder = Directory.CreateTempSubdirectory("dlm-initial-");
        try
        {
            string[] names = ["alexnet", "lstm_tagger", "resnet18", "transformer"];
            PythonOracle.Write("initial.py", folder.FullName, names);
            Assert.All(names, name =>
            {
                using var scope = NewDisposeScope();
                using var module = Make(name);
                var actual = module.named_parameters().Select(entry => (entry.name, Digest(entry.parameter)));
                Assert.Equal(Read(folder.FullName, name).Select(entry => (entry.Key, entry.Value.Sha256)), actual);
            });
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Hugging Face's GPT-2 draws the projections twice, so its numbers are its own; their spread is the paper's.</summary>
    [Fact]
    public void Gpt2ScalesWhatAddsToTheResiduals()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var module = new Gpt2(vocab: 500, context: 64, d: 96, layers: 8, heads: 4);
        Assert.All(module.named_parameters(), entry =>
        {
            var (name, values) = (entry.name, entry.parameter);
            if (values.dim() == 2) Assert.InRange(values.std().item<float>() / (name.EndsWith("c_proj.weight", StringComparison.Ordinal) ? 0.02 / 4 : 0.02), 0.95, 1.05);
            else Assert.Equal(name.EndsWith("weight", StringComparison.Ordinal) ? values.numel() : 0, values.sum().item<float>());
        });
    }

    private static nn.Module Make(string name)
    {
        manual_seed(1);
        return Zoo.Find(name).Make();
    }

    private static OrderedDictionary<string, InitialParameter> Read(string folder, string name) =>
        Reference.Read<OrderedDictionary<string, InitialParameter>>(Path.Combine(folder, name + ".json"));

    private static string Digest(Tensor parameter) => Convert.ToHexStringLower(SHA256.HashData(parameter.bytes));

    private sealed record InitialParameter(long[] Shape, double[] First, double Mean, double Norm, string Sha256);
}
