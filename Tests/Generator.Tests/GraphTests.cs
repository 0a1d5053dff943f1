using Dlm.Generator.Tests.Harness;
using static TorchSharp.torch;

namespace Dlm.Generator.Tests;

/// <summary>Models that are more than a chain, compiled, made and called.</summary>
public sealed class GraphTests
{
    private const string Source = """
        namespace A

        model Two(width: int = 8) : (x: [B, 4], y: [B, 6]) -> (sum: [B, width], both: [B, 10]) {
          a = x -> fx: linear(width)
          b = y -> fy: linear(width)
          both = concat(x, y, dim: 1)
          (relu(a + b), both)
        }

        // What dropout gives outside training is its input, which must not be overwritten while it is needed.
        model Shared : (x: [B, 4]) -> [B, 4] {
          v = x -> linear(4)
          d = v -> dropout(0.5)
          r = relu(v)
          r + d
        }

        model Branched(wide: bool) : (x: [B, 4]) -> [B, 4] {
          v = x -> linear(4)
          s = if wide then v -> extra: linear(4) else v
          r = relu(v)
          r - s
        }

        fn gelu_tanh(x) = 0.5 * x * (1 + tanh(0.79788456 * (x + 0.044715 * x ** 3)))
        fn scale(x, by: float = 2) = x * by

        // Values that one stage keeps for its gradient and another could overwrite.
        model Kept : (x: [B, 4]) -> [B, 4] {
          v = x -> linear(4)
          w = v -> linear(4)
          relu(v + w) -> gelu_tanh -> scale(by: 3)
        }

        model Ways : [B, 3, 8, 8] -> [B, 6, 8, 8] {
          parallel {
            a: { conv(2, 1) -> relu }
            b: { conv(4, 3, pad: 1) -> relu }
          } -> concat(dim: 1)
          residual { conv(6, 3, pad: 1) -> relu }
        }

        block Dense(growth: int) : (x: [B, C, H, W]) -> [B, _, H, W] {
          y = x -> batchnorm -> relu -> conv(growth, 3, pad: 1)
          concat(x, y, dim: 1)
        }

        model DenseNet(depth: int, growth: int = 12, bias: bool = true) : [B, 3, 8, 8] -> [B, 10] {
          conv(16, 3, pad: 1)
          dense: repeat depth { Dense(growth) }
          global_avgpool -> flatten -> linear(10, bias: bias)
        }

        model Tower(widths: int[3]) : [B, 4] -> [B, 2] {
          hidden: { linear(widths[0]) -> relu -> linear(widths[1]) -> relu -> linear(widths[2]) -> relu }
          linear(2)
        }
        """;

    private static readonly GeneratedAssembly Assembly = GeneratedAssembly.Compile(("a.dlm", Source));

    [Fact]
    public void SeveralInputsAndOutputs()
    {
        using var scope = NewDisposeScope();
        var module = Make<nn.Module<Tensor, Tensor, (Tensor, Tensor)>>("Two", 5L);
        var (sum, both) = module.call(ones(2, 4), ones(2, 6));
        Assert.Equal([2, 5], sum.shape);
        Assert.Equal([2, 10], both.shape);
        Assert.Equal(["fx.weight", "fx.bias", "fy.weight", "fy.bias"], module.named_parameters().Select(p => p.name));
        var refusal = Assert.Throws<ArgumentException>(() => module.call(ones(2, 4), ones(3, 6)));
        Assert.StartsWith("Two takes [B, 6] as y, but this y is [3, 6].", refusal.Message);
    }

    [Theory]
    [InlineData("Shared", -4f)]
    [InlineData("Branched", 4f)]
    public void ASharedValueIsNotOverwritten(string name, float expected)
    {
        using var scope = NewDisposeScope();
        var module = name == "Shared" ? Make<nn.Module<Tensor, Tensor>>(name) : Make<nn.Module<Tensor, Tensor>>(name, false);
        module.eval();
        using var mode = no_grad();
        module.get_parameter("linear1.weight")!.fill_(-1);
        module.get_parameter("linear1.bias")!.zero_();
        Assert.Equal(expected, module.call(ones(1, 4)).max().item<float>());
    }

    [Theory]
    [InlineData(false, new[] { "linear1.weight", "linear1.bias" })]
    [InlineData(true, new[] { "linear1.weight", "linear1.bias", "extra.weight", "extra.bias" })]
    public void AStageThatIsNotNeededDoesNotExist(bool wide, string[] keys)
    {
        using var module = Make<nn.Module<Tensor, Tensor>>("Branched", wide);
        Assert.Equal(keys, module.state_dict().Keys);
    }

    [Fact]
    public void WaysMeetAndResidualsAdd()
    {
        using var scope = NewDisposeScope();
        var module = Make<nn.Module<Tensor, Tensor>>("Ways");
        var output = module.call(ones(2, 3, 8, 8));
        Assert.Equal([2, 6, 8, 8], output.shape);
        output.sum().backward();
        Assert.All(module.named_parameters(), entry => Assert.True(entry.parameter.grad is not null, entry.name));
        Assert.Equal(["a.0.weight", "a.0.bias", "b.0.weight", "b.0.bias", "group1.0.weight", "group1.0.bias"], module.state_dict().Keys);
    }

    [Fact]
    public void FunctionsComputeAndNothingThatAGradientNeedsIsOverwritten()
    {
        using var scope = NewDisposeScope();
        var module = Make<nn.Module<Tensor, Tensor>>("Kept");
        foreach (var parameter in module.parameters())
        {
            using var mode = no_grad();
            parameter.fill_(0.25);
        }
        var output = module.call(ones(1, 4));
        // v = 1.25, w = 1.5, so gelu(2.75) times 3.
        Assert.Equal(3 * 0.5 * 2.75 * (1 + Math.Tanh(0.79788456 * (2.75 + 0.044715 * 2.75 * 2.75 * 2.75))), output.max().item<float>(), 4);
        output.sum().backward();
        Assert.All(module.named_parameters(), entry => Assert.True(entry.parameter.grad is not null, entry.name));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void ARepeatOfOpenLengthCarriesItsSizes(long depth)
    {
        using var scope = NewDisposeScope();
        var module = Make<nn.Module<Tensor, Tensor>>("DenseNet", depth, 12L, true);
        Assert.Equal([2, 10], module.call(ones(2, 3, 8, 8)).shape);
        Assert.Equal([10, 16 + 12 * depth], module.get_parameter("linear1.weight")!.shape);
        for (var i = 0; i < depth; i++) Assert.Equal([12, 16 + 12 * i, 3, 3], module.get_parameter($"dense.{i}.conv1.weight")!.shape);
    }

    [Fact]
    public void AListIsAnArgument()
    {
        using var scope = NewDisposeScope();
        var module = Make<nn.Module<Tensor, Tensor>>("Tower", new long[] { 5, 6, 7 });
        Assert.Equal([1, 2], module.call(ones(1, 4)).shape);
        Assert.Equal([7, 6], module.get_parameter("hidden.4.weight")!.shape);
        var refusal = Assert.ThrowsAny<Exception>(() => Make<nn.Module<Tensor, Tensor>>("Tower", new long[] { 5, 6 }));
        Assert.Contains("widths has 3 items", (refusal.InnerException ?? refusal).Message);
    }

    private static T Make<T>(string name, params object?[] arguments)
        where T : nn.Module => (T)Assembly.Create($"A.{name}", arguments);
}
