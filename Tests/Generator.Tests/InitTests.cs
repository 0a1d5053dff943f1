using Dlm.Generator.Tests.Harness;
using static TorchSharp.torch;

namespace Dlm.Generator.Tests;

/// <summary><c>init</c>: what the parameters of compiled models begin with.</summary>
[Collection(Chance.Alone)]
public sealed class InitTests
{
    private static readonly GeneratedAssembly Assembly = GeneratedAssembly.Compile(
        ("a.dlm", """
        namespace A

        model Numbers(layers: int = 3, value: float = 7, key: int = 8) : (x: [B, 4]) -> [B, 2] {
          param gain: [4] = 2
          y = (x * gain) -> first: linear(key) -> norm: batchnorm -> rnn: rmsnorm
          z = y -> deep: repeat i in 0..layers { linear(8) -> relu -> linear(8) }
          z -> linear(2)
          init {
            linear, batchnorm, rmsnorm: 1
            linear.bias: 2
            "deep.*": 3
            "deep.1": 4, "deep.?.2.bias": 5
            "gain": 1.0 / (2 * layers)
            "norm.*": value
          }
        }

        model Recurrent : [B, T, 3] -> [B, T, 2] {
          lstm: lstm(4, layers: 2)
          cell: gru(4, bidirectional: true) -> linear(2)
          init {
            lstm: 1
            lstm.bias: 2
            gru.weight_hh: 3
            "lstm.bias_ih_l1": 4
          }
        }

        model Outer : [B, 4] -> [B, 4] {
          Inner(4)
          second: Inner(4)
          init { "second.*.bias": 9 }
        }

        block Given(d: int) : [B, C] -> [B, d] {
          linear(d)
          init { linear: 1 / 4.0 * C }
        }
        block Taker(unit: block, d: int, start: float) : [B, C] -> [B, d] {
          unit(d)
          linear(d)
          init { "linear1": start }
        }
        model Family(start: float = 0.5, d: int = 4) : [B, 4] -> [B, d] { Taker(Given, d, start) }

        model Normed : [B, 3, 8, 8] -> [B, 4, 4, 4] {
          conv(4, 3, norm: "spectral") -> conv(4, 3, norm: "weight")
          init { conv: 1, conv.bias: 2 }
        }

        model Ordered(layers: int = 3) : [B, 4] -> [B, 4] {
          a = linear(4)
          layer last = linear(4)
          layer first = linear(4)
          b = a -> norm: layernorm -> first -> last
          b -> deep: repeat layers alike { linear(4) -> relu } -> after: linear(4)
        }

        model Drawn : [B, 3, 8, 8] -> [B, 4] {
          param _table: [2, 4] = orthogonal(gain: 2)
          conv1: conv(4, 3) -> conv2: conv(4, 3) -> flatten -> linear(8) -> fc: linear(4)
          init {
            "conv1": kaiming_normal(mode: "fan_out", nonlinearity: "relu")
            conv.bias: uniform(-1, 1)
            "conv2.weight": dirac
            linear: xavier_normal(gain: 0.5)
            "fc.weight": sparse(0.5, 0.1)
            "*.bias": trunc_normal(0, 0.02, a: -0.01, b: 0.01)
          }
        }
        """),
        ("b.dlm", """
        namespace A

        block Inner(d: int) : [B, C] -> [B, d] {
          body: { linear(d) -> rmsnorm -> linear(d) }
          init { linear: identity, "body.*.bias": 6, rmsnorm: C }
        }
        """));

    [Fact]
    public void TheLastRuleForAParameterWins() => Assert.Equal(
        new Dictionary<string, double>
        {
            ["gain"] = 0.25,
            ["first.weight"] = 1, ["first.bias"] = 2, ["norm.weight"] = 7, ["norm.bias"] = 7, ["rnn.weight"] = 1,
            ["deep.0.0.weight"] = 3, ["deep.0.0.bias"] = 3, ["deep.0.2.weight"] = 3, ["deep.0.2.bias"] = 5,
            ["deep.1.0.weight"] = 4, ["deep.1.0.bias"] = 4, ["deep.1.2.weight"] = 4, ["deep.1.2.bias"] = 5,
            ["linear1.weight"] = 1, ["linear1.bias"] = 2,
        },
        Constants("Numbers", 2L));

    [Fact]
    public void ARoleIsEveryParameterThatBeginsSo()
    {
        using var scope = NewDisposeScope();
        var constants = Constants("Recurrent");
        Assert.All(constants.Where(c => c.Key.StartsWith("lstm.", StringComparison.Ordinal)), c =>
            Assert.Equal(c.Key == "lstm.bias_ih_l1" ? 4 : c.Key.StartsWith("lstm.bias", StringComparison.Ordinal) ? 2 : 1, c.Value));
        Assert.All(constants.Where(c => c.Key.StartsWith("cell.", StringComparison.Ordinal)), c =>
            Assert.Equal(c.Key.StartsWith("cell.weight_hh", StringComparison.Ordinal) ? 3 : double.NaN, c.Value));
        Assert.Equal(8 + 8, constants.Count - 2);
    }

    [Fact]
    public void ABlocksOwnRulesComeFirst()
    {
        using var scope = NewDisposeScope();
        var module = (nn.Module)Assembly.Create("A.Outer");
        var constants = Constants(module);
        Assert.Equal((6, 9), (constants["inner1.body.0.bias"], constants["second.body.0.bias"]));
        // The caller's rule is for all of its biases, the block's others stay.
        Assert.Equal((4, 4), (constants["inner1.body.1.weight"], constants["second.body.1.weight"]));
        Assert.True(module.get_parameter("second.body.2.weight")!.equal(eye(4)).all().item<bool>());
    }

    [Fact]
    public void ABlockThatIsGivenABlockHasItsRules()
    {
        var constants = Constants("Family", 0.75);
        Assert.Equal(1, constants.Single(c => c.Key.EndsWith("given1.linear1.weight", StringComparison.Ordinal)).Value);
        Assert.Equal([0.75, 0.75], constants.Where(c => c.Key.StartsWith("taker1.linear1.", StringComparison.Ordinal)).Select(c => c.Value));
    }

    [Fact]
    public void ALayerThatTorchSharpLacksIsFoundToo()
    {
        var constants = Constants("Normed");
        Assert.Equal(
            [("conv1.bias", 2), ("conv1.weight_orig", 1), ("conv2.bias", 2), ("conv2.weight_g", double.NaN), ("conv2.weight_v", 1)],
            constants.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => (c.Key, c.Value)));
    }

    [Fact]
    public void DrawsAreThoseOfPyTorchsFunctionsInTheOrderOfTheKeys()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var module = (nn.Module)Assembly.Create("A.Drawn");
        Assert.True(allclose(module.get_parameter("_table")!.matmul(module.get_parameter("_table")!.t()), 4 * eye(2), atol: 1e-5));

        // The same by hand: the layers draw first, then the rules, a parameter at a time.
        manual_seed(3);
        nn.init.orthogonal_(empty(2, 4), 2);
        _ = (nn.Conv2d(3, 4, 3), nn.Conv2d(4, 4, 3), nn.Linear(64, 8), nn.Linear(8, 4));
        Tensor Bias(long size) => nn.init.trunc_normal_(empty(size), 0, 0.02, -0.01, 0.01);
        (string, Tensor)[] expected =
        [
            ("conv1.weight", nn.init.kaiming_normal_(empty(4, 3, 3, 3), 0, nn.init.FanInOut.FanOut, nn.init.NonlinearityType.ReLU)), ("conv1.bias", Bias(4)),
            ("conv2.weight", nn.init.dirac_(empty(4, 4, 3, 3))), ("conv2.bias", Bias(4)),
            ("linear1.weight", nn.init.xavier_normal_(empty(8, 64), 0.5)), ("linear1.bias", Bias(8)),
            ("fc.weight", nn.init.sparse_(empty(4, 8), 0.5, 0.1)), ("fc.bias", Bias(4)),
        ];
        Assert.All(expected, e => Assert.True(e.Item2.equal(module.get_parameter(e.Item1)!).all().item<bool>(), e.Item1));
        Assert.All(module.parameters(), p => Assert.True(p.requires_grad && p.is_leaf));
    }

    [Fact]
    public void LayersAreDrawnWhereTheyAreDeclaredAndTurnsCanBeAlike()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        var module = (nn.Module)Assembly.Create("A.Ordered");
        Assert.Equal(
            ["linear1", "last", "first", "norm", "deep.0.0", "deep.1.0", "deep.2.0", "after"],
            module.named_parameters().Select(p => p.name[..p.name.LastIndexOf('.')]).Distinct());
        manual_seed(5);
        string[] drawn = ["linear1", "last", "first", "deep.0.0", "after"];
        Assert.All(drawn, name => Assert.True(nn.Linear(4, 4).weight.equal(module.get_parameter($"{name}.weight")!).all().item<bool>(), name));
        Assert.All(["deep.1.0.weight", "deep.2.0.weight"], name => Assert.True(module.get_parameter("deep.0.0.weight")!.equal(module.get_parameter(name)!).all().item<bool>(), name));
    }

    private static Dictionary<string, double> Constants(string model, params object?[] arguments)
    {
        using var scope = NewDisposeScope();
        return Constants((nn.Module)Assembly.Create($"A.{model}", arguments));
    }

    // The number that fills a parameter; none where it is not one number.
    private static Dictionary<string, double> Constants(nn.Module module) => module.named_parameters().ToDictionary(
        p => p.name, p => p.parameter.min().item<float>() is var least && least == p.parameter.max().item<float>() ? (double)least : double.NaN);
}
