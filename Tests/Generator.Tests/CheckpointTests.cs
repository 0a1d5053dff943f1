using Dlm.Generator.Tests.Harness;
using TorchSharp;
using static TorchSharp.torch;

namespace Dlm.Generator.Tests;

/// <summary><c>checkpoint { ... }</c>: the same gradients from less memory.</summary>
[Collection(Chance.Alone)]
public sealed class CheckpointTests : IClassFixture<CheckpointTests.Pairs>
{
    // Each model as it is, and with 'checkpoint { }' where a comment says so.
    private const string Source = """
        namespace A

        block Layer(d: int) : (x: [B, d]) -> [B, d] {
          residual { linear(4 * d) -> gelu -> dropout(0.3) -> linear(d) }
        }

        model Chain(d: int = 8) : (x: [B, d]) -> [B, 3] {
          linear(d) -> relu
          /*<*/ linear(5 * d) -> relu -> dropout(0.5) -> linear(d) -> relu /*>*/
          linear(3)
        }

        model Named : (x: [B, 4]) -> [B, 2] {
          body: /*word*/ { linear(8) -> dropout(0.5) -> relu }
          head: linear(2)
        }

        model Deep(d: int = 8, depth: int = 4) : (x: [B, d]) -> [B, d] {
          layers: repeat i in 0..depth { /*<*/ Layer(d) /*>*/ }
        }

        model Known : (x: [B, 8]) -> [B, 8] {
          layers: repeat 3 { /*<*/
            linear(16) -> dropout(0.2)
            linear(8)
          /*>*/ }
        }

        model Normed : (x: [B, 3, 8, 8]) -> [B, 4, 8, 8] {
          /*<*/ conv(4, 3, pad: 1) -> batchnorm -> relu /*>*/
        }

        model Own(d: int = 4) : (x: [B, d], y: [B, d]) -> (sum: [B, d], product: [B, d]) {
          param scale: [d] = 2
          layer shared = linear(d)
          z = x -> shared
          /*<*/
            param gain: [d] = 3
            a = z -> shared -> dropout(0.5)
            (a * gain + y * scale, a * y)
          /*>*/
        }

        block Gated(d: int) : (x: [B, d], gate: [B, d]?) -> [B, d] {
          y = x -> linear(d)
          if gate then y * gate else y
        }

        model Optional(depth: int = 2) : (x: [B, 4], gate: [B, 4]?) -> [B, 4] {
          x -> /*word*/ {
            Gated(4, gate: gate)
          }
          layers: repeat i in 0..depth { /*<*/ Gated(4, gate: gate) /*>*/ }
        }

        model Twice(d: int = 8) : (x: [B, d]) -> [B, d] {
          /*<*/
            linear(d) -> relu
            /*<*/ linear(d) -> dropout(0.5) -> relu /*>*/
            linear(d)
          /*>*/
        }
        """;

    private readonly Pairs pairs;

    public CheckpointTests(Pairs pairs) => this.pairs = pairs;

    [Theory]
    [InlineData("Chain", 4L, 8L)]
    [InlineData("Named", 4L, 4L)]
    [InlineData("Deep", 4L, 8L)]
    [InlineData("Known", 4L, 8L)]
    [InlineData("Twice", 4L, 8L)]
    [InlineData("Normed", 2L, 3L, 8L, 8L)]
    public void ItsGradientsAreThoseOfTheSameModelWithout(string name, params long[] shape)
    {
        using var scope = NewDisposeScope();
        var (plain, checkpointed) = Make<nn.Module<Tensor, Tensor>>(name);
        manual_seed(3);
        var x = randn(shape);
        var (first, second) = (x.clone().requires_grad_(), x.clone().requires_grad_());
        // Two steps, so that what one leaves for chance and for running means matters to the next.
        for (var step = 0; step < 2; step++)
        {
            var (a, b) = (Step(plain, first, step), Step(checkpointed, second, step));
            Assert.True(allclose(a, b, rtol: 1e-6, atol: 1e-7));
        }
        AssertSameGradients(plain, checkpointed);
        Assert.True(allclose(first.grad!, second.grad!, rtol: 1e-5, atol: 1e-6));
        foreach (var ((key, value), (_, other)) in plain.state_dict().Zip(checkpointed.state_dict())) Assert.True(value.allclose(other), key);

        static Tensor Step(nn.Module<Tensor, Tensor> module, Tensor x, int seed)
        {
            manual_seed(seed);
            var y = module.call(x);
            (y * y).sum().backward();
            // Chance goes on as it would have.
            return cat([y.flatten(), rand(4)]);
        }
    }

    [Fact]
    public void SeveralInputsOutputsAndParametersOfItsOwn()
    {
        using var scope = NewDisposeScope();
        var (plain, checkpointed) = Make<nn.Module<Tensor, Tensor, (Tensor, Tensor)>>("Own");
        var (x, y) = (randn(3, 4), randn(3, 4).requires_grad_());
        foreach (var module in new[] { plain, checkpointed })
        {
            manual_seed(1);
            var (sum, product) = module.call(x, y);
            (sum.sum() + (product * product).sum()).backward();
        }
        AssertSameGradients(plain, checkpointed);
        Assert.All(checkpointed.named_parameters(), entry => Assert.True(entry.parameter.grad is not null, entry.name));
    }

    [Fact]
    public void AnOptionalInputMayBeMissingInIt()
    {
        using var scope = NewDisposeScope();
        var module = (nn.Module<Tensor, Tensor?, Tensor>)pairs.Checkpointed.Create("A.Optional");
        var x = randn(3, 4, requires_grad: true);
        module.call(x, null).sum().backward();
        Assert.NotNull(x.grad);
        var gate = randn(3, 4, requires_grad: true);
        module.call(x, gate).sum().backward();
        Assert.NotNull(gate.grad);
    }

    [Theory]
    [InlineData("Chain")]
    [InlineData("Named")]
    [InlineData("Deep")]
    [InlineData("Known")]
    [InlineData("Own")]
    [InlineData("Twice")]
    public void ItsKeysAreThoseOfTheSameModelWithout(string name)
    {
        using var scope = NewDisposeScope();
        var (plain, checkpointed) = Make<nn.Module>(name);
        Assert.Equal(plain.state_dict().Keys, checkpointed.state_dict().Keys);
    }

    [Fact]
    public void WhatItComputesIsNotKeptForBackward()
    {
        if (!MemoryWatch.IsThere) Assert.Skip("The native file is not here.");
        using var scope = NewDisposeScope();
        var (plain, checkpointed) = Make<nn.Module<Tensor, Tensor>>("Deep", 64L, 6L);
        var x = randn(256, 64);
        var (with, without) = (KeptBy(checkpointed), KeptBy(plain));
        // A layer keeps its input of 64, or besides it three times 256 and more.
        long flow = 256 * 64 * sizeof(float);
        // Its input, the state of chance, and the output.
        Assert.InRange(with, 5 * flow, 7.5 * flow);
        Assert.True(without > 5 * with, $"{without} bytes without, {with} with");

        long KeptBy(nn.Module<Tensor, Tensor> module)
        {
            using var inner = NewDisposeScope();
            using var watch = new MemoryWatch();
            var y = module.call(x);
            var kept = watch.Live;
            y.sum().backward();
            return kept;
        }
    }

    [Fact]
    public void WithoutGradientsNothingIsKept()
    {
        var (_, checkpointed) = Make<nn.Module<Tensor, Tensor>>("Deep");
        using var scope = NewDisposeScope();
        var x = randn(2, 8);
        using var mode = no_grad();
        using var inner = NewDisposeScope();
        Assert.False(checkpointed.call(x).requires_grad);
        Assert.Equal(1, inner.DisposablesCount);
    }

    [Fact]
    public void GradientsOfChosenTensorsLeaveTheOthersAlone()
    {
        using var scope = NewDisposeScope();
        var (plain, checkpointed) = Make<nn.Module<Tensor, Tensor>>("Chain");
        plain.eval();
        checkpointed.eval();
        var x = randn(2, 8, requires_grad: true);
        foreach (var (a, b) in Gradients(plain).Zip(Gradients(checkpointed))) Assert.True(allclose(a, b, atol: 1e-6));
        Assert.All(checkpointed.parameters(), p => Assert.Null(p.grad));

        IList<Tensor> Gradients(nn.Module<Tensor, Tensor> module) =>
            autograd.grad([module.call(x).pow(2).sum()], [x, module.get_parameter("linear1.weight")!, module.get_parameter("linear2.weight")!]);
    }

    [Fact]
    public void GradientsOfGradientsAreRefused()
    {
        using var scope = NewDisposeScope();
        var (_, checkpointed) = Make<nn.Module<Tensor, Tensor>>("Chain");
        var x = randn(2, 8, requires_grad: true);
        var loss = checkpointed.call(x).sum();
        var refusal = Assert.ThrowsAny<Exception>(() => autograd.grad([loss], [x], create_graph: true));
        Assert.Contains("no gradients of gradients", refusal.Message);
    }

    [Fact]
    public void AThousandStepsLeaveNoTensor()
    {
        var (_, checkpointed) = Make<nn.Module<Tensor, Tensor>>("Deep");
        using var scope = NewDisposeScope();
        var x = randn(2, 8);
        Step();
        Step();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 1000; i++) Step();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Step()
        {
            using var inner = NewDisposeScope();
            checkpointed.call(x).sum().backward();
            checkpointed.zero_grad();
        }
    }

    private static void AssertSameGradients(nn.Module plain, nn.Module checkpointed)
    {
        foreach (var ((key, parameter), (_, other)) in plain.named_parameters().Zip(checkpointed.named_parameters()))
        {
            Assert.True(parameter.grad is null == other.grad is null, key);
            if (parameter.grad is not null) Assert.True(allclose(parameter.grad, other.grad!, rtol: 1e-5, atol: 1e-6), key);
        }
    }

    private (T Plain, T Checkpointed) Make<T>(string name, params object?[] arguments) where T : nn.Module
    {
        var (plain, checkpointed) = ((T)pairs.Plain.Create($"A.{name}", arguments), (T)pairs.Checkpointed.Create($"A.{name}", arguments));
        checkpointed.load_state_dict(plain.state_dict());
        return (plain, checkpointed);
    }

    /// <summary>The models without and with the word.</summary>
    public sealed class Pairs : IDisposable
    {
        internal GeneratedAssembly Plain { get; } = GeneratedAssembly.Compile(("a.dlm", Written("", "", "")));

        internal GeneratedAssembly Checkpointed { get; } = GeneratedAssembly.Compile(("a.dlm", Written("checkpoint", "checkpoint {", "}")));

        public void Dispose()
        {
            Plain.Dispose();
            Checkpointed.Dispose();
        }

        private static string Written(string word, string open, string close) => Source.Replace("/*word*/", word).Replace("/*<*/", open).Replace("/*>*/", close);
    }
}
