using Dlm.Runtime.Checkpoints;
using Dlm.Runtime.Data;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace Dlm.Runtime.Tests.Optimizers;

public sealed class FlatParametersTests : IDisposable
{
    private readonly DisposeScope _scope;
    private readonly SmallConvNet _network;

    public FlatParametersTests()
    {
        manual_seed(1);
        _scope = NewDisposeScope();
        _network = new SmallConvNet(dropout: 0);
    }

    public void Dispose()
    {
        _network.Dispose();
        _scope.Dispose();
    }

    [Fact]
    public void Parameters_keep_their_names_shapes_values_and_identity()
    {
        (string Name, Parameter Parameter, long[] Shape, float[] Values)[] before = [.. _network.named_parameters().Select(p => (p.name, p.parameter, p.parameter.shape, Values(p.parameter)))];

        using Sgd optimizer = new(_network, 0.1);

        (string name, Parameter parameter)[] after = [.. _network.named_parameters()];
        Assert.Equal(before.Select(p => p.Name), after.Select(p => p.name));
        for (int i = 0; i < before.Length; i++)
        {
            Assert.Same(before[i].Parameter, after[i].parameter);
            Assert.Equal(before[i].Shape, after[i].parameter.shape);
            Assert.Equal(before[i].Values, Values(after[i].parameter));
            Assert.True(after[i].parameter.is_leaf && after[i].parameter.requires_grad);
        }
    }

    [Fact]
    public void Parameters_and_gradients_are_views_of_one_buffer()
    {
        using Sgd optimizer = new(_network, 0.1);
        FlatParameters flat = Assert.Single(Assert.Single(optimizer.Groups).Parts);
        Parameter last = _network.parameters().Last();

        Backward();
        Assert.Equal(Values(last.grad!), Values(flat.Gradients)[^10..]);
        using (no_grad()) flat.Values.fill_(0.5);
        Assert.All(Values(last), value => Assert.Equal(0.5f, value));
        optimizer.ZeroGradients();
        Assert.All(Values(last.grad!), value => Assert.Equal(0f, value));
        Assert.Equal(_network.parameters().Sum(p => p.numel()), flat.Count);
    }

    [Fact]
    public void A_step_after_the_modules_own_zero_grad_is_the_same()
    {
        float[] Train(Action<SmallConvNet, Optimizer> zero)
        {
            manual_seed(5);
            using SmallConvNet network = new(dropout: 0);
            using Adam optimizer = new(network, 0.01);
            for (int i = 0; i < 3; i++)
            {
                zero(network, optimizer);
                network.call(ones(4, 1, 28, 28) * (i + 1)).square().sum().backward();
                optimizer.Step();
            }

            return Values(optimizer.Groups[0].Parts[0].Values);
        }

        Assert.Equal(Train((_, optimizer) => optimizer.ZeroGradients()), Train((network, _) => network.zero_grad()));
    }

    [Fact]
    public void A_module_that_was_moved_is_noticed()
    {
        using Adam optimizer = new(_network);
        _network.to(ScalarType.Float64);

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(optimizer.Step);

        Assert.Equal(
            "Adam cannot step: parameter 'layers.conv1.weight' was replaced after Adam was made, as moving a module does ('to', 'cuda', 'half'). "
                + "Move the module first and make the optimizer afterwards.",
            error.Message);
    }

    [Fact]
    public void Weights_loaded_into_the_module_are_stepped_from()
    {
        using Sgd optimizer = new(_network, 1.0);
        Dictionary<string, Tensor> weights = _network.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.detach().clone() + 1);

        _network.load_state_dict(weights);
        Backward();
        optimizer.Step();

        Parameter last = _network.parameters().Last();
        float[] expected = Values(weights["layers.fc.bias"] - last.grad!);
        Assert.Equal(expected, Values(last));
    }

    [Fact]
    public void A_second_optimizer_over_the_same_parameters_is_noticed()
    {
        using Sgd first = new(_network, 0.1);
        using Sgd second = new(_network, 0.1);

        Assert.Contains("belongs to another optimizer, made later", Assert.Throws<InvalidOperationException>(first.Step).Message, StringComparison.Ordinal);
        second.Step();
    }

    [Fact]
    public void A_disposed_optimizer_leaves_the_parameters_to_the_next()
    {
        new Sgd(_network, 0.1).Dispose();
        float[] before = Values(_network.parameters().First());

        using Sgd optimizer = new(_network, 0.1);
        Assert.Equal(before, Values(_network.parameters().First()));
        Backward();
        optimizer.Step();
        Assert.NotEqual(before, Values(_network.parameters().First()));
    }

    [Fact]
    public void Frozen_parameters_are_left_out_and_shared_ones_count_once()
    {
        Parameter weight = new(ones(3)), frozen = new(ones(2), requires_grad: false);

        using Sgd optimizer = new([new ParameterGroup([("a", weight), ("b", frozen), ("a again", weight)])], 0.1);

        Assert.Equal(["a"], optimizer.Groups[0].Parts[0].Names);
        Assert.Throws<ArgumentException>(() => new Sgd([new ParameterGroup([("b", frozen)])], 0.1));
        Assert.Throws<ArgumentException>(() => new Sgd([new ParameterGroup([("a", weight), ("a", new Parameter(ones(3)))])], 0.1));
    }

    [Fact]
    public void Groups_have_rates_and_decays_of_their_own()
    {
        Parameter fast = new(ones(1)), slow = new(ones(1));
        using Sgd optimizer = new([new ParameterGroup([("fast", fast)]), new ParameterGroup([("slow", slow)], rate: 0.01, weightDecay: 1)], 0.1);

        (3 * (fast + slow)).sum().backward();
        optimizer.Step();

        Assert.Equal(1 - 0.1 * 3, fast.ToSingle(), 6);
        Assert.Equal(1 - 0.01 * (3 + 1), slow.ToSingle(), 6);
    }

    [Fact]
    public void Parameters_of_different_types_lie_in_different_buffers()
    {
        Parameter single = new(ones(3)), twice = new(ones(3, dtype: ScalarType.Float64));
        using Sgd optimizer = new([new ParameterGroup([("single", single), ("twice", twice)])], 0.5);

        (single.sum() + twice.sum()).backward();
        optimizer.Step();

        Assert.Equal(2, optimizer.Groups[0].Parts.Count);
        Assert.Equal(0.5f, Values(single)[0]);
        Assert.Equal(0.5, twice.ToDouble());
    }

    [Fact]
    public void A_buffer_larger_than_one_slice_is_stepped_whole()
    {
        Parameter large = new(ones(1_000_000));
        using Sgd optimizer = new([new ParameterGroup([("large", large)])], 0.5);

        large.sum().backward();
        optimizer.Step();

        Assert.Equal(31, optimizer.Groups[0].Slices.Count);
        Assert.All(Values(large), value => Assert.Equal(0.5f, value));
    }

    [Fact]
    public void The_gradient_norm_and_its_clipping_equal_torchs()
    {
        using Sgd optimizer = new(_network, 0.1);
        Backward();
        float[] before = Values(optimizer.Groups[0].Parts[0].Gradients);
        double norm = Math.Sqrt(before.Sum(g => (double)g * g));

        using Tensor found = optimizer.ClipGradientNorm(norm / 4);
        float[] after = Values(optimizer.Groups[0].Parts[0].Gradients);
        using Tensor unclipped = optimizer.ClipGradientNorm(norm);

        Assert.Equal(norm, found.ToSingle(), norm * 1e-5);
        for (int i = 0; i < before.Length; i++) Assert.Equal(before[i] / 4, after[i], 1e-5);
        Assert.Equal(after, Values(optimizer.Groups[0].Parts[0].Gradients));
    }

    [Fact]
    public void The_state_can_be_saved_and_taken_up()
    {
        using Adam optimizer = new(_network, 0.01);
        Backward();
        optimizer.Step();
        using CheckpointState state = new();
        optimizer.Save(state, "optimizer");
        using SmallConvNet twin = new(dropout: 0);
        using Adam other = new(twin, 0.5);

        other.Load(state, "optimizer");

        Assert.Equal((1, 0.01), (other.Steps, other.Groups[0].Rate));
        Assert.Contains("optimizer/exp_avg/layers.conv1.weight", state.Tensors.Keys);
        for (int i = 0; i < 2; i++) Assert.Equal(Values(optimizer.Groups[0].State[0][i]), Values(other.Groups[0].State[0][i]));
    }

    [Fact]
    public void A_step_leaves_no_tensors_behind()
    {
        using Adam optimizer = new(_network);
        Backward();
        long before = LiveTensors.Count();

        for (int i = 0; i < 10; i++) optimizer.Step();
        optimizer.ZeroGradients();
        optimizer.ClipGradientNorm(1).Dispose();

        Assert.Equal(before, Tensor.TotalCount);
    }

    private static float[] Values(Tensor tensor) => tensor.detach().contiguous().ToArray<float>();

    private void Backward()
    {
        using var scope = NewDisposeScope();
        _network.call(ones(4, 1, 28, 28)).square().sum().backward();
    }
}
