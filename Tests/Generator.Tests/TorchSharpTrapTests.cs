using Dlm.Generator.Tests.Harness;
using TorchSharp;
using static TorchSharp.torch;

namespace Dlm.Generator.Tests;

/// <summary>What goes wrong with hand-written TorchSharp modules, and does not with generated ones.</summary>
public sealed class TorchSharpTrapTests : IClassFixture<TorchSharpTrapTests.Nets>
{
    private const string Source = """
        namespace A

        // Every kind of thing that a module keeps.
        model Everything(d: int = 6, depth: int = 2) : (x: int[B, T]) -> [B, T, d] {
          param gain: [d] = 1
          buffer shift: [d] = 0.5
          x -> embed: embedding(10, d)
          body: { linear(d) -> layernorm }
          layers: repeat i in 0..depth { Layer(d) }
          (hidden, _h, _c) = lstm(d, states: true)
          hidden * gain + shift
        }

        block Layer(d: int) : (x: [B, T, d]) -> [B, T, d] { residual { linear(d) -> batched: Batched } }
        block Batched : (x: [B, T, D]) -> [B, T, D] { x -> transpose(1, 2) -> batchnorm -> transpose(1, 2) }

        // In inference its result is its input.
        model Passing : (x: [B, 4]) -> [B, 4] { dropout(0.5) }

        // One table that words are read from and that scores are taken with.
        model Tied(vocab: int = 11, d: int = 6) : (x: int[B, T]) -> [B, T, vocab] {
          param table: [vocab, d] = normal(0, 1)
          h = table[x] -> linear(d)
          affine(h, table)
        }
        """;

    private readonly GeneratedAssembly nets;

    public TorchSharpTrapTests(Nets nets) => this.nets = nets.Assembly;

    [Fact]
    public void MadeInsideAScopeItKeepsEverything()
    {
        nn.Module<Tensor, Tensor> module;
        int keys;
        using (NewDisposeScope())
        {
            module = Make("Everything");
            keys = module.state_dict().Count;
        }
        using var scope = NewDisposeScope();
        Assert.Equal(keys, module.state_dict().Count);
        Assert.All(module.parameters(), p => Assert.False(p.IsInvalid));
        module.call(Words()).sum().backward();
        Assert.All(module.named_parameters(), entry => Assert.True(entry.parameter.grad is not null, entry.name));
    }

    [Fact]
    public void ItListsWhatPyTorchLists()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(
            ["body.0.bias", "body.0.weight", "body.1.bias", "body.1.weight", "embed.weight", "gain", "layers.0.group1.0.bias", "layers.0.group1.0.weight",
                "layers.0.group1.batched.batchnorm1.bias", "layers.0.group1.batched.batchnorm1.num_batches_tracked", "layers.0.group1.batched.batchnorm1.running_mean",
                "layers.0.group1.batched.batchnorm1.running_var", "layers.0.group1.batched.batchnorm1.weight", "lstm1.bias_hh_l0", "lstm1.bias_ih_l0", "lstm1.weight_hh_l0",
                "lstm1.weight_ih_l0", "shift"],
            Make("Everything", 6L, 1L).state_dict().Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void MovedItReadsItsNewParameters()
    {
        using var scope = NewDisposeScope();
        var module = Make("Everything");
        module.eval();
        var before = module.call(Words());
        module.to(float64);
        Assert.All(module.parameters().Concat(module.buffers().Where(b => b.is_floating_point())), p => Assert.Equal(float64, p.dtype));
        var after = module.call(Words());
        Assert.Equal(float64, after.dtype);
        Assert.True(allclose(before, after.to(float32), atol: 1e-5));
        module.to(META);
        Assert.All(module.parameters().Concat(module.buffers()), p => Assert.Equal(DeviceType.META, p.device_type));
    }

    [Fact]
    public void InASequentialItIsAStageAsAnyOther()
    {
        using var scope = NewDisposeScope();
        var net = nn.Sequential(("first", Make("Passing")), ("second", nn.Linear(4, 3)), ("third", nn.ReLU()));
        Assert.Equal(["second.weight", "second.bias"], net.state_dict().Keys);
        var whole = nn.Sequential(("everything", Make("Everything")), ("head", nn.Linear(6, 2)));
        Assert.Contains("everything.embed.weight", whole.state_dict().Keys);
        Assert.Equal(whole.parameters().Count(), whole.parameters().Select(p => p.Handle).Distinct().Count());
        net.eval();
        using var mode = no_grad();
        var x = ones(2, 4);
        Assert.Equal([2, 3], net.call(x).shape);
        Assert.Equal([2, 3], net.call(x).shape);
        Assert.Equal([2, 4, 2], whole.call(Words()).shape);
    }

    [Fact]
    public void AResultThatIsItsInputIsATensorOfItsOwn()
    {
        using var scope = NewDisposeScope();
        var module = Make("Passing");
        module.eval();
        var x = ones(2, 4);
        var y = module.call(x);
        Assert.NotSame(x, y);
        y.Dispose();
        Assert.Equal(8, x.sum().item<float>());
    }

    [Fact]
    public void TiedWeightsAreOneParameter()
    {
        using var scope = NewDisposeScope();
        var module = Make("Tied");
        Assert.Equal(["table", "linear1.weight", "linear1.bias"], module.state_dict().Keys);
        Assert.Equal(3, module.parameters().Count());
        var x = Words();
        module.call(x).pow(2).sum().backward();
        var table = module.get_parameter("table")!;
        // Once for reading the words, once for the scores: words that do not occur have the second alone.
        var h = nn.functional.linear(table.index_select(0, x.flatten()), module.get_parameter("linear1.weight")!, module.get_parameter("linear1.bias"));
        var expected = autograd.grad([nn.functional.linear(h, table).pow(2).sum()], [table])[0];
        Assert.True(allclose(expected, table.grad!, rtol: 1e-4, atol: 1e-4));
        // Moved, it is still one.
        module.to(float64);
        Assert.Equal(3, module.parameters().Count());
        Assert.Equal(float64, module.call(x).dtype);
    }

    [Fact]
    public void AStateDictGoesRound()
    {
        using var scope = NewDisposeScope();
        var (first, second) = (Make("Everything"), Make("Everything"));
        first.eval();
        second.eval();
        var words = Words();
        Assert.False(allclose(first.call(words), second.call(words)));
        second.load_state_dict(first.state_dict());
        Assert.True(allclose(first.call(words), second.call(words)));
        Assert.Throws<InvalidOperationException>(() => second.load_state_dict(Make("Passing").state_dict()));
    }

    [Fact]
    public void ItIsSavedAndLoaded()
    {
        using var scope = NewDisposeScope();
        var (first, second) = (Make("Everything"), Make("Everything"));
        first.eval();
        second.eval();
        var file = Path.GetTempFileName();
        try
        {
            first.save(file);
            second.load(file);
        }
        finally
        {
            File.Delete(file);
        }
        Assert.True(allclose(first.call(Words()), second.call(Words())));
    }

    [Fact]
    public void TrainAndEvalReachEveryPart()
    {
        using var scope = NewDisposeScope();
        var module = Make("Everything");
        module.eval();
        Assert.All(module.modules(), m => Assert.False(m.training));
        module.train();
        Assert.All(module.modules(), m => Assert.True(m.training));
    }

    private static Tensor Words() => tensor(new long[] { 1, 2, 3, 4, 5, 6, 7, 1 }).reshape(2, 4);

    private nn.Module<Tensor, Tensor> Make(string name, params object?[] arguments) => (nn.Module<Tensor, Tensor>)nets.Create($"A.{name}", arguments);

    /// <summary>The models, compiled once.</summary>
    public sealed class Nets : IDisposable
    {
        internal GeneratedAssembly Assembly { get; } = GeneratedAssembly.Compile(("a.dlm", Source));

        public void Dispose() => Assembly.Dispose();
    }
}
