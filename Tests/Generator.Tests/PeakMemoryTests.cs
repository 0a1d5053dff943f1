using Dlm.Dsl;
using Dlm.Dsl.Analysis;
using Dlm.Generator.Tests.Harness;
using TorchSharp;
using static TorchSharp.torch;

namespace Dlm.Generator.Tests;

/// <summary>In inference no more lives at a time than the graph needs.</summary>
public sealed class PeakMemoryTests
{
    private const double Most = 1.15;

    private static readonly string AlexNet = Zoo.AlexNet.Text;

    private static readonly string ResNet = Zoo.All.Single(file => file.Path == "Vision/ResNet.dlm").Text;

    private static readonly string Transformer = Zoo.All.Single(file => file.Path == "Language/Transformer.dlm").Text;

    [Fact]
    public void AlexNetTakesLittleMoreThanItsGraph() => Holds<nn.Module<Tensor, Tensor>>(AlexNet, "Dlm.Models.Vision.AlexNet", (m, x) => m.call(x[0]), [randn(1, 3, 224, 224)]);

    [Fact]
    public void ResNet50TakesLittleMoreThanItsGraph() => Holds<nn.Module<Tensor, Tensor>>(ResNet, "Dlm.Models.Vision.ResNet50", (m, x) => m.call(x[0]), [randn(1, 3, 224, 224)]);

    // The sequences are short, because the scores of attention are its operator's own.
    [Fact]
    public void ATransformerTakesLittleMoreThanItsGraph() => Holds<nn.Module<Tensor, Tensor, Tensor?, Tensor?, Tensor?, Tensor>>(
        Transformer, "Dlm.Models.Language.Transformer", (m, x) => m.call(x[0], x[1], null, null, null), [randn(2, 8, 512), randn(2, 8, 512)], ("B", 2), ("S", 8), ("T", 8));

    [Fact]
    public void TenThousandCallsLeaveNoTensor()
    {
        using var assembly = GeneratedAssembly.Compile(("a.dlm", """
            namespace A
            block Layer(d: int) : (x: [B, d]) -> [B, d] { residual { linear(d) -> relu -> dropout(0.1) } }
            model Net(depth: int = 2) : (x: [B, 4]) -> (y: [B, 2], z: [B, 4]) {
              z = x -> body: { repeat i in 0..depth { Layer(4) } }
              y = z -> linear(2)
              (y, z)
            }
            """));
        using var module = (nn.Module<Tensor, (Tensor, Tensor)>)assembly.Create("A.Net");
        using var x = randn(2, 4);
        using var mode = no_grad();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 10_000; i++)
        {
            if (i == 5000) module.eval();
            var (y, z) = module.call(x);
            y.Dispose();
            z.Dispose();
            // No scope takes care of anything, and no finalizer.
            Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }
    }

    private static void Holds<T>(string text, string name, Func<T, Tensor[], Tensor> call, Tensor[] inputs, params (string Name, long Value)[] open) where T : nn.Module
    {
        if (!MemoryWatch.IsThere) Assert.Skip("The native file is not here.");
        var model = DlmCompiler.Elaborate(DlmCompiler.Parse("a.dlm", text)).Models.Single(m => name.EndsWith("." + m.Name, StringComparison.Ordinal));
        var bound = LowerBound.Of(model, SizeTable.For(model, 1, open.ToDictionary(o => o.Name, o => o.Value)));
        using var assembly = GeneratedAssembly.Compile(("a.dlm", text));
        using var module = (T)assembly.Create(name);
        module.eval();
        using var mode = no_grad();
        // The first call makes what libtorch keeps for itself.
        call(module, inputs).Dispose();
        using var scope = NewDisposeScope();
        using var watch = new MemoryWatch();
        using var result = call(module, inputs);
        // A convolution's workspace is not the graph's.
        var peak = watch.Settled;
        Assert.True(peak >= bound, $"{peak} bytes at most, which is less than the graph's {bound}: one of the two is wrong");
        Assert.True(peak <= Most * bound, $"{peak} bytes at most, where the graph needs {bound}: {(double)peak / bound:0.000} times");
        Assert.Equal(1, scope.DisposablesCount);
    }
}
