using Dlm.Runtime.Checkpoints;
using Dlm.Runtime.Data;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Training;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace Dlm.Runtime.Tests.Training;

public sealed class MixedPrecisionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Convolutions_and_products_run_in_16_bits_and_all_else_in_32()
    {
        using Run run = new(Run.Quiet with { Precision = Precision.BFloat16 });
        Dictionary<string, ScalarType> types = [];
        List<ScalarType> outputs = [];
        run.Network.register_forward_hook((_, _, output) =>
        {
            outputs.Add(output.dtype);
            return output;
        });
        run.Trainer.Callbacks.Add(new AfterStep((_, _) => types = run.Network.named_parameters().ToDictionary(p => p.name, p => p.parameter.dtype)));

        run.Trainer.Fit(run.Training);

        Assert.Equal(
            ["layers.conv1.bias", "layers.conv1.weight", "layers.conv2.bias", "layers.conv2.weight", "layers.fc.bias", "layers.fc.weight"],
            types.Where(t => t.Value == ScalarType.BFloat16).Select(t => t.Key).Order(StringComparer.Ordinal));
        Assert.All(types.Where(t => t.Key.Contains("norm", StringComparison.Ordinal)), t => Assert.Equal(ScalarType.Float32, t.Value));
        Assert.All(outputs, type => Assert.Equal(ScalarType.Float32, type));
    }

    [Fact]
    public void It_learns_as_in_32_bits_and_leaves_the_network_in_32()
    {
        using Run single = new(Run.Quiet with { Epochs = 6 }), mixed = new(Run.Quiet with { Epochs = 6, Precision = Precision.BFloat16 });

        single.Trainer.Fit(single.Training);
        mixed.Trainer.Fit(mixed.Training);
        double expected = single.Trainer.Evaluate(single.Validation)["loss"], actual = mixed.Trainer.Evaluate(mixed.Validation)["loss"];

        Assert.InRange(actual, 0, Math.Max(0.1, 2 * expected));
        Assert.All(mixed.Network.parameters(), parameter => Assert.Equal(ScalarType.Float32, parameter.dtype));

        // What was stepped had more bits than a bfloat16, and they are there.
        float[] weight = mixed.Network.parameters().First().detach().ToArray<float>();
        Assert.Contains(weight, value => (BitConverter.SingleToInt32Bits(value) & 0xffff) != 0);
    }

    [Theory]
    [InlineData(Precision.BFloat16)]
    [InlineData(Precision.Float32)]
    public void Its_checkpoints_hold_32_bits_and_resume(Precision then)
    {
        TrainerOptions options = Run.Quiet with { Epochs = 2, Precision = Precision.BFloat16 };
        using Run whole = new(options);
        FitResult expected = whole.Trainer.Fit(whole.Training);
        using (Run first = new(options with { CheckpointFolder = _folder.Path }))
        {
            first.Trainer.Callbacks.Add(new AfterStep((trainer, progress) =>
            {
                if (progress.Step == 7) trainer.Stop();
            }));
            first.Trainer.Fit(first.Training);
        }

        using (CheckpointState state = CheckpointFolder.Read(_folder.Path))
        {
            Assert.Equal(ScalarType.Float32, state.Tensor("layers.conv1.weight").dtype);
        }

        using Run second = new(options with { Precision = then }, seed: 99);
        FitResult result = second.Trainer.Fit(second.Training, resumeFrom: _folder.Path);

        Assert.Equal(expected.Step, result.Step);
        if (then == Precision.Float32) return;
        Assert.Equal(expected.History.Losses(), result.History.Losses());
        Assert.Equal(whole.State, second.State);
    }

    [Fact]
    public void Layers_that_are_not_trained_stay_as_they_are()
    {
        using nn.Module<Tensor, Tensor> network = nn.Sequential(("frozen", nn.Linear(4, 4)), ("trained", nn.Linear(4, 2)));
        foreach ((string name, Parameter parameter) in network.named_parameters())
        {
            if (name.StartsWith("frozen", StringComparison.Ordinal)) parameter.requires_grad = false;
        }

        using Sgd optimizer = new(network, 0.1);
        using (MixedPrecision mixed = MixedPrecision.Begin(new Supervised(network, Losses.MeanSquaredError, optimizer), Precision.BFloat16)!)
        {
            Assert.Equal(1, mixed.Layers);
            Assert.Equal([ScalarType.Float32, ScalarType.Float32, ScalarType.BFloat16, ScalarType.BFloat16], network.parameters().Select(p => p.dtype));
            network.call(ones(3, 4)).sum().backward();
            optimizer.Step();
        }

        Assert.All(network.parameters(), parameter => Assert.Equal(ScalarType.Float32, parameter.dtype));
        network.call(ones(3, 4)).sum().backward();
        optimizer.Step();
    }

    [Fact]
    public void Float16_on_a_cpu_is_refused()
    {
        using Run run = new(Run.Quiet with { Precision = Precision.Float16 });

        NotSupportedException error = Assert.Throws<NotSupportedException>(() => run.Trainer.Fit(run.Training));

        Assert.Equal("Precision.Float16 needs a GPU: on a CPU there are no products of float16. Use Precision.BFloat16, or move the network to a GPU.", error.Message);
    }

    [Fact]
    public void A_scaled_loss_makes_the_same_steps_and_an_overflow_makes_none()
    {
        using Run plain = new(Run.Quiet with { ClipNorm = 1 });
        plain.Trainer.Fit(plain.Training);
        using Run scaled = new(Run.Quiet with { ClipNorm = 1 });
        scaled.Optimizer.Scaler = new LossScaler(scale: 1024, interval: 4);
        scaled.Trainer.Fit(scaled.Training);
        Assert.Equal(plain.State, scaled.State); // powers of two lose no bit
        Assert.Equal((4096, 0), (scaled.Optimizer.Scaler.Scale, scaled.Optimizer.Scaler.Skipped));

        byte[] before = scaled.State;
        foreach (Parameter parameter in scaled.Network.parameters()) parameter.grad = full_like(parameter, double.PositiveInfinity);
        Assert.False(scaled.Optimizer.UnscaleGradients());
        Assert.Equal((2048, 1), (scaled.Optimizer.Scaler.Scale, scaled.Optimizer.Scaler.Skipped));
        Assert.Equal(before, scaled.State);
    }

    [Fact]
    public void The_scaler_is_kept_in_checkpoints()
    {
        using Run run = new(Run.Quiet with { CheckpointFolder = _folder.Path });
        run.Optimizer.Scaler = new LossScaler(scale: 8, interval: 6);
        run.Trainer.Fit(run.Training);

        using Run next = new(Run.Quiet with { Epochs = 2 });
        next.Optimizer.Scaler = new LossScaler(scale: 1, interval: 6);
        next.Trainer.Fit(next.Training, resumeFrom: _folder.Path);

        Assert.Equal(8 * 2 * 2 * 2, next.Optimizer.Scaler.Scale); // after steps 6, 12 and 18
    }

    [Fact]
    public void Tf32_is_on_while_training_and_as_it_was_afterwards()
    {
        bool before = backends.cuda.matmul.allow_tf32;
        bool during = false;
        using Run run = new(Run.Quiet);
        run.Trainer.Callbacks.Add(new AfterStep((_, _) => during = backends.cuda.matmul.allow_tf32 && backends.cudnn.allow_tf32));

        run.Trainer.Fit(run.Training);

        Assert.True(during);
        Assert.Equal(before, backends.cuda.matmul.allow_tf32);
    }
}
