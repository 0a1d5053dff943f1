using Dlm.Generator.Tests.Harness;
using TorchSharp;
using static TorchSharp.torch;

namespace Dlm.Generator.Tests;

/// <summary>
/// <c>on cpu { ... }</c>. The meta device, which has shapes and no numbers, stands for another one: what is moved there shows what stays.
/// </summary>
public sealed class PlacementTests
{
    private static readonly GeneratedAssembly Assembly = GeneratedAssembly.Compile(("a.dlm", """
        namespace A

        block Layer(d: int) : (x: [B, d]) -> [B, d] { residual { linear(d) -> tanh } }

        model Split(d: int = 4) : (x: [B, d]) -> [B, 2] {
          linear(d) -> relu
          middle: on cpu {
            param shift: [d] = 1
            buffer table: [d] = 2
            z = linear(d) * shift + table
            z -> batchnorm
          }
          linear(2)
        }

        model Far(gpu: int = 900) : (x: [B, 4]) -> [B, 4] {
          first: on cuda(gpu) { linear(4) }
          second: on cuda { linear(4) } -> relu
          third: on mps { relu }
        }

        model Row(depth: int = 3) : (x: [B, 4]) -> [B, 4] {
          layers: repeat i in 0..depth { on cpu { Layer(4) } }
        }

        model Pair : (x: [B, 4], y: [B, 4]?) -> (a: [B, 4], b: [B, 4], c: [B, 4]) {
          (x, y) -> both: Both
        }

        block Both : (x: [B, 4], y: [B, 4]?) -> (a: [B, 4], b: [B, 4], c: [B, 4]) {
          z = if y then x + y else x
          (z, x) -> part: on cpu {
            (z + x, relu(z), x)
          }
        }
        """));

    [Fact]
    public void ItsParametersStayWhenTheModelMoves()
    {
        using var scope = NewDisposeScope();
        var module = Make<nn.Module<Tensor, Tensor>>("Split");
        module.to(META);
        Assert.Equal(
            ["linear1.bias META", "linear1.weight META", "linear2.bias META", "linear2.weight META", "middle.0.bias CPU", "middle.0.weight CPU", "middle.1.bias CPU",
                "middle.1.num_batches_tracked CPU", "middle.1.running_mean CPU", "middle.1.running_var CPU", "middle.1.weight CPU", "middle.shift CPU", "middle.table CPU"],
            module.state_dict().Select(entry => $"{entry.Key} {entry.Value.device_type}").Order(StringComparer.Ordinal));
        var other = Make<nn.Module<Tensor, Tensor>>("Split");
        other.to(META, float64);
        Assert.Equal(("CPU", float64), (other.get_parameter("middle.0.weight")!.device_type.ToString(), other.get_parameter("middle.0.weight")!.dtype));
        Assert.Equal(("META", float64), (other.get_parameter("linear1.weight")!.device_type.ToString(), other.get_parameter("linear1.weight")!.dtype));
    }

    [Fact]
    public void ItFollowsAnotherElementType()
    {
        using var scope = NewDisposeScope();
        var module = Make<nn.Module<Tensor, Tensor>>("Split");
        module.to(float64);
        Assert.Equal(float64, module.call(ones(3, 4, dtype: float64)).dtype);
    }

    [Theory]
    [InlineData("Split", "middle.0.weight")]
    [InlineData("Row", "layers.1.0.group1.0.weight")]
    [InlineData("Far", "first.0.weight")]
    public void ItComputesAndTrainsAsWithout(string name, string key)
    {
        using var scope = NewDisposeScope();
        var module = Make<nn.Module<Tensor, Tensor>>(name);
        var x = randn(3, 4, requires_grad: true);
        var y = module.call(x);
        Assert.Equal(DeviceType.CPU, y.device_type);
        y.sum().backward();
        Assert.NotNull(module.get_parameter(key)!.grad);
        Assert.NotNull(x.grad);

        using var mode = no_grad();
        using var inner = NewDisposeScope();
        module.call(x);
        Assert.Equal(1, inner.DisposablesCount);
    }

    [Fact]
    public void WhereTheMachineHasNoSuchDeviceThePartGoesWithTheRest()
    {
        using var scope = NewDisposeScope();
        var module = Make<nn.Module<Tensor, Tensor>>("Far");
        Assert.Equal(DeviceType.CPU, module.get_parameter("first.0.weight")!.device_type);
        module.to(META);
        Assert.Equal(DeviceType.META, module.get_parameter("first.0.weight")!.device_type);
    }

    [Fact]
    public void WhatFlowsThroughIsATensorOfItsOwn()
    {
        using var scope = NewDisposeScope();
        var module = Make<nn.Module<Tensor, Tensor?, (Tensor, Tensor, Tensor)>>("Pair");
        var (x, y) = (ones(2, 4), ones(2, 4) * 2);
        using (no_grad())
        {
            using var inner = NewDisposeScope();
            var (a, b, c) = module.call(x, y);
            Assert.Equal(3, inner.DisposablesCount);
            Assert.Equal([4f, 3, 1], new[] { a, b, c }.Select(t => t.max().item<float>()));
            Assert.Equal(1, module.call(x, null).Item2.max().item<float>());
        }
        Assert.Equal(8, x.sum().item<float>());
    }

    private static T Make<T>(string name) => (T)Assembly.Create($"A.{name}");
}
