using Dlm.Generator.Tests.Harness;
using TorchSharp;
using static TorchSharp.torch;

namespace Dlm.Generator.Tests;

/// <summary>The layers that a generated file declares for itself, because TorchSharp lacks them, compute what PyTorch's do.</summary>
public sealed class OwnLayerTests : IDisposable
{
    private readonly GeneratedAssembly assembly = GeneratedAssembly.Compile(("own.dlm", """
        namespace Own
        model Rms : [B, 8] -> [B, 8] { norm: rmsnorm }
        model WeightLinear : [B, 6] -> [B, 4] { fc: linear(4, norm: "weight") }
        model WeightConv : [B, 3, L] -> [B, 4, L] { conv: conv(4, 3, pad: 1, norm: "weight") }
        model SpectralLinear : [B, 6] -> [B, 4] { fc: linear(4, bias: false, norm: "spectral") }
        model SpectralConv : [B, 3, H, W] -> [B, 4, _, _] { conv: conv(4, 3, stride: 2, groups: 1, norm: "spectral") }

        """));

    public void Dispose() => assembly.Dispose();

    [Theory]
    [InlineData("Rms", "norm.weight")]
    [InlineData("WeightLinear", "fc.bias, fc.weight_g, fc.weight_v")]
    [InlineData("WeightConv", "conv.bias, conv.weight_g, conv.weight_v")]
    [InlineData("SpectralLinear", "fc.weight_orig, fc.weight_u, fc.weight_v")]
    [InlineData("SpectralConv", "conv.bias, conv.weight_orig, conv.weight_u, conv.weight_v")]
    public void KeysArePyTorchs(string model, string keys)
    {
        using var module = Create(model);
        Assert.Equal(keys, string.Join(", ", module.state_dict().Keys.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("Rms", 2, 8)]
    [InlineData("WeightLinear", 2, 6)]
    [InlineData("WeightConv", 2, 3, 5)]
    [InlineData("SpectralLinear", 2, 6)]
    [InlineData("SpectralConv", 2, 3, 7, 7)]
    public void OutlivesTheScopeItIsMadeInAndMoves(string model, params int[] shape)
    {
        nn.Module<Tensor, Tensor> module;
        using (NewDisposeScope()) module = Create(model);
        using (module)
        using (NewDisposeScope())
        {
            module.to(ScalarType.Float64);
            var output = module.call(randn([.. shape.Select(size => (long)size)], ScalarType.Float64));
            output.sum().backward();
            Assert.Equal(ScalarType.Float64, output.dtype);
            Assert.All(module.parameters(), parameter => Assert.NotNull(parameter.grad));
        }
    }

    [Fact]
    public void RmsNormDividesByTheRootOfTheMeanSquare()
    {
        using var scope = NewDisposeScope();
        var input = randn(3, 8);
        var expected = input / (input.square().mean([-1L], true) + 1e-6).sqrt();
        Assert.True(Create("Rms").call(input).allclose(expected, 1e-5, 1e-6));
    }

    [Fact]
    public void WeightNormIsADirectionTimesALength()
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var (module, input) = (Create("WeightConv"), randn(2, 3, 5));
        var (length, direction, bias) = (module.get_parameter("conv.weight_g")!, module.get_parameter("conv.weight_v")!, module.get_parameter("conv.bias"));
        // At first it is the weight it was made of; then the direction's own length no longer counts.
        Assert.True(module.call(input).allclose(nn.functional.conv1d(input, direction, bias, padding: 1), 1e-4, 1e-5));
        direction.mul_(3);
        length.fill_(2);
        var weight = direction / linalg.vector_norm(direction, 2, [1, 2], true) * 2;
        Assert.True(module.call(input).allclose(nn.functional.conv1d(input, weight, bias, padding: 1), 1e-4, 1e-5));
    }

    [Fact]
    public void SpectralNormTendsToOneAndStaysInUse()
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var (module, input) = (Create("SpectralLinear"), eye(6));
        for (var i = 0; i < 200; i++) module.call(input);
        Assert.Equal(1, linalg.svdvals(module.call(input))[0].item<float>(), 1e-3);
        module.eval();
        var before = module.get_buffer("fc.weight_u")!.clone();
        Assert.True(module.call(input).allclose(module.call(input)));
        Assert.True(before.allclose(module.get_buffer("fc.weight_u")!));
    }

    private nn.Module<Tensor, Tensor> Create(string model) => (nn.Module<Tensor, Tensor>)assembly.Create($"Own.{model}");
}
