using Dlm.Models.Generative;
using Dlm.Models.Reinforcement;
using Dlm.Models.SelfSupervised;
using Dlm.Runtime.Optimizers;
using static TorchSharp.torch;

namespace Dlm.Models.Tests;

/// <summary>Ten steps of the zoo's objectives against the same written by hand in PyTorch, Tests/Oracle/objectives.py.</summary>
[Collection(Chance.Alone)]
public sealed class ObjectiveTests
{
    private const double Tolerance = 1e-5;

    private static readonly Dictionary<string, Func<(nn.Module Network, Func<int, Tensor[]> Step)>> OfOneNetwork = new([.. LanguageObjectives.All, .. MemoryObjectives.All, .. WordObjectives.All, .. VisionObjectives.All]);

    public static TheoryData<string> Names => ["gan", "deep_q", "vae", "sim_clr", .. OfOneNetwork.Keys, .. TranslationObjectives.All.Keys, .. PlayObjectives.Names, .. GenerativeObjectives.Names];

    [Theory, MemberData(nameof(Names))]
    public void TenStepsArePyTorchs(string name)
    {
        var expected = Read(Path.Combine(Reference.Folder, "objectives"), name);
        using var scope = NewDisposeScope();
        manual_seed(1);
        var (networks, step) = Make(name);
        for (var i = 0; i < expected.Figures.Length; i++)
        {
            var figures = step(i).Select(figure => figure.to(float64).item<double>()).ToArray();
            Assert.All(expected.Figures[i].Zip(figures), pair => Assert.Equal(pair.First, pair.Second, Tolerance * Math.Max(1, Math.Abs(pair.First))));
        }
        var actual = networks.SelectMany(network => network.Module.named_parameters(), (network, entry) => (Key: $"{network.Name}.{entry.name}", Value: entry.parameter)).ToArray();
        Assert.Equal(expected.Parameters.Keys, actual.Select(entry => entry.Key));
        Assert.All(actual, entry =>
        {
            var figures = expected.Parameters[entry.Key];
            var first = entry.Value.flatten()[..figures.First.Length].to(float64).data<double>().ToArray();
            Assert.All(figures.First.Zip(first), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
            Assert.Equal(figures.Norm, entry.Value.to(float64).norm().item<double>(), Tolerance * Math.Max(1, figures.Norm));
        });
    }

    [Fact]
    public void TheReferencesAreWhatPyTorchGives()
    {
        PythonOracle.SkipWithoutPyTorch();
        var folder = Directory.CreateTempSubdirectory("dlm-objectives-");
        try
        {
            PythonOracle.Write("objectives.py", folder.FullName);
            Assert.All(Names.Select(row => row.Data), name =>
            {
                var (expected, actual) = (Read(Path.Combine(Reference.Folder, "objectives"), name), Read(folder.FullName, name));
                Assert.All(expected.Figures.SelectMany(f => f).Zip(actual.Figures.SelectMany(f => f)), pair => Assert.Equal(pair.First, pair.Second, Tolerance * Math.Max(1, Math.Abs(pair.First))));
                Assert.Equal(expected.Parameters.Keys, actual.Parameters.Keys);
                Assert.All(expected.Parameters, entry => Assert.Equal(entry.Value.Norm, actual.Parameters[entry.Key].Norm, Tolerance * Math.Max(1, entry.Value.Norm)));
            });
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static ((string Name, nn.Module Module)[] Networks, Func<int, Tensor[]> Step) Make(string name)
    {
        if (OfOneNetwork.TryGetValue(name, out var make))
        {
            var (network, step) = make();
            return ([("net", Filled(network))], step);
        }
        if (TranslationObjectives.All.TryGetValue(name, out var translation))
        {
            var (networks, step) = translation();
            return ([.. networks.Select(network => (network.Name, Filled(network.Module)))], step);
        }
        if (PlayObjectives.Names.Contains(name)) return PlayObjectives.Make(name);
        if (GenerativeObjectives.Names.Contains(name)) return GenerativeObjectives.Make(name);
        switch (name)
        {
            case "gan":
                var (generator, discriminator) = (Filled(new GanGenerator()), Filled(new GanDiscriminator()));
                GanGame game = new(generator, discriminator, new Adam(generator, 2e-4, 0.5), new Adam(discriminator, 2e-4, 0.5));
                return ([("generator", generator), ("discriminator", discriminator)], i =>
                {
                    var step = game.Step(Image(i, 8, 1, 28, 28) * 2 - 1);
                    return [step.Discriminator, step.Generator];
                }
                );
            case "deep_q":
                var (q, target) = (Filled(new DeepQNetwork()), Filled(new DeepQNetwork()));
                AtariDeepQ learning = new(q, target, new RmsProp(q, 2.5e-4, alpha: 0.95, epsilon: 0.01), period: 4);
                return ([("q", q), ("target", target)], i =>
                {
                    var step = learning.Step(
                        Image(i, 4, 4, 84, 84), Fill.Integers($"action{i}", [4], 4), Fill.Floats($"reward{i}", [4], 2), Fill.Floats($"next{i}", [4, 4, 84, 84], 1, 0.5), Fill.Integers($"done{i}", [4], 2).to(@bool));
                    return [step.Loss, step.Expected];
                }
                );
            case "vae":
                var (encoder, decoder) = (Filled(new VaeEncoder()), Filled(new VaeDecoder()));
                VariationalBound bound = new(encoder, decoder, new Adam(encoder), new Adam(decoder));
                return ([("encoder", encoder), ("decoder", decoder)], i =>
                {
                    var step = bound.Step(Image(i, 8, 1, 28, 28));
                    return [step.Loss, step.Kl];
                }
                );
            default:
                var net = Filled(new SimClrCifar18(@base: 8, width: 16));
                SimClrGameCifar contrast = new(net, new Sgd(net, 0.05, momentum: 0.9, weightDecay: 1e-4));
                return ([("net", net)], i =>
                {
                    var step = contrast.Step(Fill.Floats($"first{i}", [4, 3, 16, 16], 1, 0.5), Fill.Floats($"second{i}", [4, 3, 16, 16], 1, 0.5));
                    return [step.Loss, step.Accuracy];
                }
                );
        }
    }

    private static Tensor Image(int step, params long[] shape) => Fill.Floats($"image{step}", shape, 1, 0.5);

    private static T Filled<T>(T network)
        where T : nn.Module
    {
        Fill.Apply(network);
        return network;
    }

    private static Recorded Read(string folder, string name) => Reference.Read<Recorded>(Path.Combine(folder, name + ".json"));

    private sealed record Recorded(double[][] Figures, OrderedDictionary<string, RecordedParameter> Parameters);

    private sealed record RecordedParameter(double[] First, double Norm);
}
