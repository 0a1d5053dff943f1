using Dlm.Generator.Tests.Harness;
using TorchSharp;
using static TorchSharp.torch;

namespace Dlm.Generator.Tests;

/// <summary>Parameters and buffers of a model's own, shared layers, loops, optional inputs and indices: compiled, made and called.</summary>
public sealed class StateAndLoopTests
{
    private const string Source = """
        namespace A

        model Scaled(d: int = 4) : (x: [B, d]) -> [B, d] {
          param gain: [d] = 2
          param mix: [d, d] = xavier
          buffer shift: [d] = 3
          x * gain @ mix + shift
        }

        fn halves(low, high, factor) = (low * factor, high * factor)

        /// Goes on from what is given, all of it, and else begins by itself.
        model GoesOn : (x: [B, 4], h: [B, 2]?, c: [B, 2]?) -> (h: [B, 2], c: [B, 2], sum: [B, 2]) {
          (low, high) = if h and c then (h, c) else (x[:, :2], x[:, 2:]) -> halves(10)
          (low, high, low + high)
        }

        model Twice(same: bool = true) : (x: [B, 4]) -> (a: [B, 4], b: [B, 4]) {
          if same then (x -> relu -> pair) else (x * 2, x * 3)
        }

        fn pair(x) = (x, x)

        model Sums : (x: [B, T, 4]) -> (sums: [B, T, 4], last: [B, 4]) {
          sums = x -> scan step over dim 1 with (total = x[:, 0] * 0) {
            total = total + step
            yield total
          }
          (sums, total)
        }

        model Recurrent(hidden: int = 5) : (x: [B, T, 3]) -> [B, T, hidden] {
          scan now over dim 1 with (h = x[:, 0] -> first: linear(hidden)) {
            h = tanh((now -> input: linear(hidden)) + (h -> recurrent: linear(hidden, bias: false)))
            yield h
          }
        }

        model Universal(d: int = 4, steps: int = 3) : (x: [B, d]) -> [B, d] {
          layer step = linear(d)
          scan i over 0..steps with (h = x) {
            h = h -> step -> relu
          }
        }

        block Masked(d: int) : (x: [B, d], mask: [B, d]?) -> [B, d] {
          y = if mask then x * mask else x
          y -> linear(d)
        }

        model Maybe : (x: [B, 4], mask: [B, 4]?) -> [B, 4] {
          a = Masked(x, mask, 4)
          b = x -> Masked(4)
          a - b
        }

        block Mixer(kernel: int) : (x: [B, C, T]) -> [B, C, T] { conv(C, kernel, pad: kernel / 2) }
        block Stack(unit: block, depth: int) : (x: [B, C, T]) -> [B, C, T] {
          body: repeat depth { residual { unit(3) } -> relu }
        }
        model Stacked(depth: int = 2) : [B, 4, T] -> [B, 4, T] {
          first: Stack(Mixer, depth)
          Stack(Mixer, 1)
        }

        model Parts : (x: [B, 6, H, W], places: int[3]) -> (a: [B, 3, H, W], b: [B, 2, H, W], c: [B, H, W], d: [B, 3, H, W], e: [B, 6, H]) {
          (x[:, 0:6:2], x[:, -2:], x[:, 1], x[:, places], x[..., -1])
        }
        """;

    private static readonly GeneratedAssembly Assembly = GeneratedAssembly.Compile(("a.dlm", Source));

    [Fact]
    public void ParametersAndBuffersAreRegisteredAndBegin()
    {
        using var scope = NewDisposeScope();
        var module = Make<nn.Module<Tensor, Tensor>>("Scaled");
        Assert.Equal(["gain", "mix"], module.named_parameters().Select(p => p.name));
        Assert.Equal(["shift"], module.named_buffers().Select(b => b.name));
        var (gain, mix) = (module.get_parameter("gain")!, module.get_parameter("mix")!);
        Assert.Equal(2, gain.min().item<float>());
        Assert.True(mix.std().item<float>() > 0);
        var x = randn(3, 4);
        Assert.True(allclose(module.call(x), matmul(x * 2, mix) + 3));
        module.call(x).sum().backward();
        Assert.NotNull(gain.grad);
    }

    [Fact]
    public void ParametersSurviveTheScopeTheyAreMadeInAndFollowAMove()
    {
        nn.Module<Tensor, Tensor> module;
        using (NewDisposeScope()) module = Make<nn.Module<Tensor, Tensor>>("Scaled");
        using var scope = NewDisposeScope();
        module.to(float64);
        Assert.Equal(float64, module.call(ones(2, 4, dtype: float64)).dtype);
        Assert.Equal([2, 4], module.call(ones(2, 4, dtype: float64)).shape);
    }

    [Fact]
    public void AScanCollectsAndKeepsItsState()
    {
        using var scope = NewDisposeScope();
        var module = Make<nn.Module<Tensor, (Tensor, Tensor)>>("Sums");
        var x = randn(2, 7, 4);
        var (sums, last) = module.call(x);
        Assert.True(allclose(sums, x.cumsum(1), atol: 1e-5));
        Assert.True(allclose(last, x.sum(1), atol: 1e-5));
    }

    [Fact]
    public void AScanTrainsItsLayersAndDisposesWhatLiesBetween()
    {
        var module = Make<nn.Module<Tensor, Tensor>>("Recurrent");
        Assert.Equal(["first.weight", "first.bias", "input.weight", "input.bias", "recurrent.weight"], module.state_dict().Keys);
        using var scope = NewDisposeScope();
        var x = randn(2, 6, 3);
        var y = module.call(x);
        y.sum().backward();
        Assert.All(module.named_parameters(), entry => Assert.True(entry.parameter.grad is not null, entry.name));

        var h = module.get_parameter("first.weight") is { } w ? nn.functional.linear(x.select(1, 0), w, module.get_parameter("first.bias")) : null;
        for (var t = 0; t < 6; t++)
        {
            h = tanh(nn.functional.linear(x.select(1, t), module.get_parameter("input.weight")!, module.get_parameter("input.bias"))
                + nn.functional.linear(h!, module.get_parameter("recurrent.weight")!));
            Assert.True(allclose(h, y.select(1, t), atol: 1e-5));
        }

        using var inner = NewDisposeScope();
        using (no_grad()) module.call(x);
        Assert.Equal(1, inner.DisposablesCount);
    }

    [Fact]
    public void ASharedLayerHasOneSetOfParametersAndEachStepUsesIt()
    {
        using var scope = NewDisposeScope();
        var module = Make<nn.Module<Tensor, Tensor>>("Universal", 4L, 2L);
        Assert.Equal(["step.weight", "step.bias"], module.state_dict().Keys);
        var x = randn(2, 4);
        var (w, b) = (module.get_parameter("step.weight")!, module.get_parameter("step.bias")!);
        Assert.True(allclose(module.call(x), nn.functional.linear(nn.functional.linear(x, w, b).relu(), w, b).relu(), atol: 1e-6));
    }

    [Fact]
    public void AnOptionalInputMayBeLeftOut()
    {
        using var scope = NewDisposeScope();
        var module = Make<nn.Module<Tensor, Tensor?, Tensor>>("Maybe");
        Assert.Equal([2, 4], module.call(ones(2, 4), null).shape);
        Assert.Equal([2, 4], module.call(ones(2, 4), zeros(2, 4)).shape);
        // The call that leaves it out.
        var shortCall = module.GetType().GetMethod("call", [typeof(Tensor)])!;
        Assert.Equal([2, 4], ((Tensor)shortCall.Invoke(module, [ones(2, 4)])!).shape);
        var refusal = Assert.Throws<ArgumentException>(() => module.call(ones(2, 4), ones(3, 5)));
        Assert.StartsWith("Maybe takes [B, 4] as mask, but this mask is [3, 5].", refusal.Message);
    }

    [Fact]
    public void SeveralOptionalInputsDecideTogether()
    {
        using var scope = NewDisposeScope();
        var module = Make<nn.Module<Tensor, Tensor?, Tensor?, (Tensor, Tensor, Tensor)>>("GoesOn");
        var (h, c) = (full(2, 2, 3f), full(2, 2, 4f));
        var given = module.call(ones(2, 4), h, c);
        Assert.Equal([3f, 4f, 7f], new[] { given.Item1, given.Item2, given.Item3 }.Select(t => t[0, 0].item<float>()));
        // With one of them alone it begins by itself.
        foreach (var begun in new[] { module.call(ones(2, 4), h, null), module.call(ones(2, 4), null, c), module.call(ones(2, 4), null, null) })
        {
            Assert.Equal([10f, 10f, 20f], new[] { begun.Item1, begun.Item2, begun.Item3 }.Select(t => t[1, 1].item<float>()));
        }
        Assert.Equal(3f, h[0, 0].item<float>());
    }

    [Theory]
    [InlineData(true, 1f, 1f)]
    [InlineData(false, 2f, 3f)]
    public void AChoiceMayGiveSeveral(bool same, float first, float second)
    {
        using var scope = NewDisposeScope();
        var module = Make<nn.Module<Tensor, (Tensor A, Tensor B)>>("Twice", same);
        using var unrecorded = no_grad();
        var (a, b) = module.call(ones(2, 4));
        a.Dispose();
        Assert.Equal([second, second], new[] { b[0, 0], b[1, 3] }.Select(t => t.item<float>()));
        Assert.Equal(first, module.call(ones(2, 4)).A[0, 0].item<float>());
    }

    [Fact]
    public void ABlockIsGivenToABlock()
    {
        using var scope = NewDisposeScope();
        var module = Make<nn.Module<Tensor, Tensor>>("Stacked", 1L);
        Assert.Equal(
            ["first.body.0.0.0.conv1.weight", "first.body.0.0.0.conv1.bias", "stack1.body.0.0.0.conv1.weight", "stack1.body.0.0.0.conv1.bias"],
            module.state_dict().Keys);
        Assert.Equal([2, 4, 9], module.call(randn(2, 4, 9)).shape);
    }

    [Fact]
    public void IndicesTakeWhatTheySay()
    {
        using var scope = NewDisposeScope();
        var module = Make<nn.Module<Tensor, Tensor, (Tensor, Tensor, Tensor, Tensor, Tensor)>>("Parts");
        var (x, places) = (randn(2, 6, 3, 5), tensor(new long[] { 5, 0, 2 }));
        var (a, b, c, d, e) = module.call(x, places);
        Assert.True(allclose(a, x.index_select(1, tensor(new long[] { 0, 2, 4 }))));
        Assert.True(allclose(b, x.slice(1, 4, 6, 1)));
        Assert.True(allclose(c, x.select(1, 1)));
        Assert.True(allclose(d, x.index_select(1, places)));
        Assert.True(allclose(e, x.select(3, 4)));
    }

    private static T Make<T>(string name, params object?[] arguments) => (T)Assembly.Create($"A.{name}", arguments);
}
