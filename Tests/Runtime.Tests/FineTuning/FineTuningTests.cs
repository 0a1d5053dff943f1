using Dlm.Runtime.FineTuning;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Tests.Training;
using Dlm.Runtime.Training;
using Dlm.Runtime.Weights;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.FineTuning;

public sealed class FineTuningTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_frozen_stays_bit_for_bit_and_the_rest_learns()
    {
        using Run run = new(Run.Quiet with { Epochs = 2 });
        Assert.Equal(8 * 25 + 8 + 16, run.Network.Freeze("layers.conv1", "layers.norm1.*"));
        Assert.Equal(0, run.Network.Freeze("layers.conv1"));
        using Adam optimizer = new(run.Network, 1e-2);
        Trainer trainer = new(new Supervised(run.Network, Losses.CrossEntropy, optimizer), Run.Quiet with { Epochs = 2 });
        Dictionary<string, double[]> before = State(run.Network);

        trainer.Fit(run.Training, run.Validation);

        // The statistics of the frozen batch norm as well; without freezing they would follow the batches.
        foreach ((string key, double[] values) in State(run.Network))
        {
            bool frozen = key.StartsWith("layers.conv1.", StringComparison.Ordinal) || key.StartsWith("layers.norm1.", StringComparison.Ordinal);
            Assert.True(frozen == values.SequenceEqual(before[key]), key);
        }
    }

    [Fact]
    public void Frozen_batch_norms_keep_their_statistics_even_where_the_network_was_in_evaluation_mode()
    {
        using Run run = new(Run.Quiet);
        run.Network.Freeze("layers.norm1");
        run.Network.eval();
        double[] before = State(run.Network)["layers.norm1.running_mean"];

        run.Trainer.Fit(run.Training);

        Assert.Equal(before, State(run.Network)["layers.norm1.running_mean"]);
        Assert.True(Module(run.Network, "layers.drop").training);
    }

    [Fact]
    public void Freezing_is_undone()
    {
        using SmallConvNet network = new();
        network.Freeze();
        Assert.DoesNotContain(network.parameters(), parameter => parameter.requires_grad);
        Assert.False(Module(network, "layers.norm1").training);
        Assert.True(Module(network, "layers.drop").training);

        network.Unfreeze("layers.fc", "layers.norm1.weight");

        Assert.Equal(["layers.norm1.weight", "layers.fc.weight", "layers.fc.bias"], network.named_parameters().Where(entry => entry.parameter.requires_grad).Select(entry => entry.name));
        Assert.True(Module(network, "layers.norm1").training);
        network.eval();
        network.Freeze("layers.fc");
        network.Unfreeze();
        Assert.False(Module(network, "layers.fc").training);
    }

    [Fact]
    public void A_pattern_that_matches_nothing_is_a_mistake_and_changes_nothing()
    {
        using SmallConvNet network = new();

        ArgumentException error = Assert.Throws<ArgumentException>(() => network.Freeze("layers.fc", "layers.cnov1.*"));

        Assert.StartsWith("No parameter of the network matches 'layers.cnov1.*'. Did you mean 'layers.conv1.*'?", error.Message, StringComparison.Ordinal);
        Assert.All(network.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void Groups_by_pattern_have_rates_of_their_own_and_leave_nothing_out()
    {
        using SmallConvNet network = new();
        network.Freeze("layers.conv1");

        IReadOnlyList<ParameterGroup> groups = ParameterGroups.ByPattern(network, ("*.bias", 0.5), ("layers.conv2", 1e-4), ("*", null));

        Assert.Equal([0.5, 1e-4, null], groups.Select(group => group.Rate));
        Assert.Equal(
            ["layers.norm1.bias layers.conv2.bias layers.fc.bias", "layers.conv2.weight", "layers.norm1.weight layers.fc.weight"],
            groups.Select(group => string.Join(' ', group.Parameters.Select(parameter => parameter.Name))));
        using Sgd optimizer = new(groups, rate: 1e-2);
        Assert.Equal([0.5, 1e-4, 1e-2], optimizer.Groups.Select(group => group.Rate));

        Assert.StartsWith("No parameter that learns matches 'layers.fcc'. Did you mean 'layers.fc'?", Message(("layers.fcc", 1)), StringComparison.Ordinal);
        Assert.StartsWith("No parameter that learns matches 'layers.conv1'.", Message(("layers.conv1", 1)), StringComparison.Ordinal);
        Assert.StartsWith("All that 'layers.fc.bias' matches is in an earlier group", Message(("layers", 1), ("layers.fc.bias", 2)), StringComparison.Ordinal);
        Assert.StartsWith("'layers.norm1.weight' and 1 more would never learn: no pattern matches.", Message(("layers.conv2", 1), ("layers.fc", 2)), StringComparison.Ordinal);

        string Message(params (string, double?)[] wrong) => Assert.Throws<ArgumentException>(() => ParameterGroups.ByPattern(network, wrong)).Message;
    }

    [Fact]
    public void Rates_fall_towards_the_input()
    {
        using var network = nn.Sequential(("stem", nn.Linear(2, 2)), ("body", nn.Linear(2, 2)), ("head", nn.Linear(2, 2)));

        Assert.Equal([0.01, 0.1, 1], ParameterGroups.ByDepth(network, rate: 1, factor: 0.1).Select(group => Math.Round(group.Rate!.Value, 12)));
        network.Freeze("stem");
        Assert.Equal([0.5, 1], ParameterGroups.ByDepth(network, rate: 1, factor: 0.5).Select(group => group.Rate!.Value));
    }

    [Fact]
    public void A_network_as_far_as_a_module()
    {
        using var network = nn.Sequential(("body", nn.Linear(3, 4)), ("act", nn.ReLU(inplace: true)), ("head", nn.Linear(4, 2)));
        using Tensor input = randn(5, 3);
        using FeatureExtractor extractor = new(network, "body");
        using Tensor said = ((nn.Module<Tensor, Tensor>)Module(network, "body")).call(input);
        double[] expected = ExpectedValues(said);

        using (Tensor features = extractor.Call(input)) Assert.Equal(expected, ExpectedValues(features));

        long before = LiveTensors.Count();
        extractor.Call(input).Dispose();
        using (NewDisposeScope()) extractor.Call(input);
        Assert.Equal(before, LiveTensors.Count());
        ArgumentException error = Assert.Throws<ArgumentException>(() => new FeatureExtractor(network, "bodi"));
        Assert.StartsWith("The network has no module 'bodi'. Did you mean 'body'?", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_head_on_a_body_that_has_learnt_learns_faster_than_from_scratch()
    {
        using Run first = new(Run.Quiet with { Epochs = 12 });
        first.Trainer.Fit(first.Training);
        first.Network.SaveWeights(_folder.File("digits.safetensors"));

        Assert.InRange(Loss(_folder.File("digits.safetensors")), 0, Loss(null) * 0.7);

        double Loss(string? weights)
        {
            using Run run = new(Run.Quiet with { Epochs = 3 }, seed: 5);
            if (weights is not null) run.Network.LoadWeights(weights, new LoadOptions { Except = ["layers.fc"] });
            return run.Trainer.Fit(run.Training).History.Epochs[^1].Training["loss"];
        }
    }

    private static double[] ExpectedValues(Tensor tensor) => Weights.ExpectedWeight.ValuesOf(tensor);

    private static Dictionary<string, double[]> State(nn.Module network) => network.state_dict().ToDictionary(pair => pair.Key, pair => ExpectedValues(pair.Value));

    private static nn.Module Module(nn.Module network, string name) => network.named_modules().Single(entry => entry.name == name).module;
}
