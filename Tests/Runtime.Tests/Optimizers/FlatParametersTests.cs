using Dlm.Runtime.Checkpoints;
using Dlm.Runtime.Data;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Optimizers.Flat;
using Dlm.Runtime.Optimizers.Fused;
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
        FusedSteps.Enabled = true;
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
    public void Parameters_are_views_of_one_buffer()
    {
        using Sgd optimizer = new(_network, 0.1);
        FlatParameters flat = Assert.Single(Assert.Single(optimizer.Groups).Parts);

        using (no_grad()) flat.Values.fill_(0.5);

        Assert.All(_network.parameters(), parameter => Assert.All(Values(parameter), value => Assert.Equal(0.5f, value)));
        Assert.Equal(_network.parameters().Sum(p => p.numel()), flat.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_parameter_without_a_gradient_is_left_alone_with_its_state(bool fused)
    {
        FusedSteps.Enabled = fused;
        Parameter reached = new(ones(3)), other = new(ones(3));
        using Adam optimizer = new([new ParameterGroup([("reached", reached), ("other", other)])], 0.1, weightDecay: 0.5);
        (reached.sum() + other.sum()).backward();
        optimizer.Step();
        float[] before = Values(other), mean = Values(optimizer.Groups[0].WithState[0].State[0])[3..];

        optimizer.ZeroGradients();
        Assert.Null(other.grad);
        reached.sum().backward();
        optimizer.Step();

        Assert.Equal(before, Values(other));
        Assert.Equal(mean, Values(optimizer.Groups[0].WithState[0].State[0])[3..]);
        Assert.Equal([2, 1], optimizer.Groups[0].Parts[0].StepsOf);
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
    public void A_module_that_was_moved_is_followed_with_its_state()
    {
        float[] Train(bool move)
        {
            manual_seed(5);
            using SmallConvNet network = new(dropout: 0);
            using Adam optimizer = new(network, 0.01);
            for (int i = 0; i < 4; i++)
            {
                // There and back: the values are the same, the parameters new objects.
                if (move && i == 2) network.to(ScalarType.Float64).to(ScalarType.Float32);
                optimizer.ZeroGradients();
                network.call(ones(4, 1, 28, 28) * (i + 1)).square().sum().backward();
                optimizer.Step();
            }

            Assert.Equal(4, optimizer.Steps);
            return Values(network.parameters().First());
        }

        Assert.Equal(Train(move: false), Train(move: true));
    }

    [Fact]
    public void A_module_that_was_converted_is_stepped_in_its_new_type()
    {
        using Adam optimizer = new(_network);
        Backward();
        optimizer.Step();
        float[] mean = Values(optimizer.Groups[0].WithState[0].State[0]);

        _network.to(ScalarType.Float64);
        optimizer.ZeroGradients();

        Assert.Equal(ScalarType.Float64, optimizer.Groups[0].Parts[0].Type);
        Assert.Equal(mean, Values(optimizer.Groups[0].WithState[0].State[0].to(ScalarType.Float32)));
        _network.call(ones(4, 1, 28, 28, dtype: ScalarType.Float64)).square().sum().backward();
        optimizer.Step();
        Assert.Equal(2, optimizer.Groups[0].Parts[0].StepsOf[0]);
    }

    [Fact]
    public void A_list_of_parameters_that_were_replaced_is_noticed()
    {
        using Adam optimizer = new([new ParameterGroup(_network.named_parameters().ToArray())]);
        _network.to(ScalarType.Float64);

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(optimizer.Step);

        Assert.Equal(
            "Adam cannot step: parameter 'layers.conv1.weight' was replaced after Adam was made, as moving a module does ('to', 'cuda', 'half'), "
                + "and its group is a list of parameters. Make the group from the module (new ParameterGroup(module)), which follows it, "
                + "or move the module first and make the optimizer afterwards.",
            error.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Parameters_of_16_bits_are_stepped_in_32(bool fused)
    {
        FusedSteps.Enabled = fused;
        Parameter weight = new(ones(2, 5, dtype: ScalarType.BFloat16));
        using Sgd optimizer = new([new ParameterGroup([("weight", weight)])], 1e-4);
        for (int i = 0; i < 100; i++)
        {
            optimizer.ZeroGradients();
            weight.sum().backward();
            optimizer.ClipGradientNorm(1e9).Dispose();
            optimizer.Step();
        }

        // A step of 1e-4 is lost on a bfloat16 of 1; a hundred of them in a float32 are not.
        Assert.All(Values(optimizer.Groups[0].Parts[0].Values), value => Assert.Equal(0.99f, value, 1e-5f));
        Assert.All(Values(weight.to(ScalarType.Float32)), value => Assert.Equal(0.9883f, value, 5e-3f));
        Assert.Equal(ScalarType.BFloat16, weight.dtype);
    }

    [Fact]
    public void A_group_can_be_chosen_by_name_and_follows_its_module()
    {
        using Sgd optimizer = new([new ParameterGroup(_network, name => name.Contains("conv", StringComparison.Ordinal), rate: 0.01), new ParameterGroup(_network)], 0.1);

        _network.to(ScalarType.Float64);
        optimizer.ZeroGradients();

        Assert.Equal(["layers.conv1.weight", "layers.conv1.bias", "layers.conv2.weight", "layers.conv2.bias"], optimizer.Groups[0].Parts[0].Names);
        Assert.Equal(["layers.norm1.weight", "layers.norm1.bias", "layers.fc.weight", "layers.fc.bias"], optimizer.Groups[1].Parts[0].Names);
        Assert.All(optimizer.Parameters, parameter => Assert.Equal(ScalarType.Float64, parameter.dtype));
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

        Assert.All(Values(large), value => Assert.Equal(0.5f, value));
    }

    [Fact]
    public void The_gradient_norm_and_its_clipping_equal_torchs()
    {
        using Sgd optimizer = new(_network, 0.1);
        Backward();
        float[] before = AllGradients();
        double norm = Math.Sqrt(before.Sum(g => (double)g * g));

        using Tensor found = optimizer.ClipGradientNorm(norm / 4);
        float[] after = AllGradients();
        using Tensor unclipped = optimizer.ClipGradientNorm(norm);

        Assert.Equal(norm, found.ToSingle(), norm * 1e-5);
        for (int i = 0; i < before.Length; i++) Assert.Equal(before[i] / 4, after[i], 1e-5);
        Assert.Equal(after, AllGradients());
    }

    [Fact]
    public void Gradients_are_clipped_one_by_one_as_torch_does()
    {
        using Sgd optimizer = new(_network, 0.1);
        Backward();
        float[] before = AllGradients();
        float largest = before.Max(Math.Abs) / 3;

        optimizer.ClipGradientValues(largest);

        Assert.Contains(before, gradient => gradient < -largest);
        Assert.Contains(before, gradient => gradient > largest);
        Assert.Equal(before.Select(gradient => Math.Clamp(gradient, -largest, largest)), AllGradients());
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
        for (int i = 0; i < 2; i++) Assert.Equal(Values(optimizer.Groups[0].WithState[0].State[i]), Values(other.Groups[0].WithState[0].State[i]));
    }

    [Fact]
    public void Each_parameters_own_count_of_steps_is_saved()
    {
        Parameter[] first = [new(ones(3)), new(ones(3))], second = [new(ones(3)), new(ones(3))];
        using Adam optimizer = new([new ParameterGroup([("reached", first[0]), ("other", first[1])])]);
        using Adam other = new([new ParameterGroup([("reached", second[0]), ("other", second[1])])]);
        for (int i = 0; i < 3; i++)
        {
            first[0].grad = ones(3);
            first[1].grad = i == 0 ? ones(3) : null;
            optimizer.Step();
        }

        using CheckpointState state = new();
        optimizer.Save(state, "optimizer");
        other.Load(state, "optimizer");

        Assert.Equal([3, 1], other.Groups[0].Parts[0].StepsOf);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_step_leaves_no_tensors_behind(bool fused)
    {
        FusedSteps.Enabled = fused;
        using Adam optimizer = new(_network);
        Backward();
        optimizer.ClipGradientNorm(1).Dispose();
        optimizer.Step(); // what it makes once is made
        optimizer.ZeroGradients();
        Backward();
        long before = LiveTensors.Count();

        for (int i = 0; i < 10; i++)
        {
            optimizer.ClipGradientNorm(1).Dispose();
            optimizer.Step();
            optimizer.ZeroGradients();
            Backward();
        }

        Assert.Equal(before, Tensor.TotalCount);
    }

    private float[] AllGradients() => [.. _network.parameters().SelectMany(p => Values(p.grad!))];

    private static float[] Values(Tensor tensor) => tensor.detach().contiguous().ToArray<float>();

    private void Backward()
    {
        using var scope = NewDisposeScope();
        _network.call(ones(4, 1, 28, 28)).square().sum().backward();
    }
}
