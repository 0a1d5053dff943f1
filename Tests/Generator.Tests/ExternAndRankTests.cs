using Dlm.Generator.Tests.Harness;
using static TorchSharp.torch;

namespace Dlm.Generator.Tests;

/// <summary>Functions that C# completes, and blocks for any number of leading dimensions.</summary>
public sealed class ExternAndRankTests
{
    private const string Source = """
        namespace A

        /// The energy of each of some bands.
        extern fn bands(x: [B, T], count: int) -> [B, count]

        model Spectral(count: int = 3) : (x: [B, T]) -> [B, 2] {
          x -> bands(count) -> linear(2)
        }

        block FeedForward(hidden: int) : (x: [..., D]) -> [..., D] {
          residual { linear(hidden) -> gelu -> linear(D) } -> layernorm
        }

        model Rows : (x: [B, 8]) -> [B, 8] { FeedForward(16) }
        model Cube : (x: [B, T, S, 8]) -> [B, T, S, 8] { FeedForward(16) }
        model Any(d: int = 8) : (x: [..., d]) -> [...] {
          y = x -> FeedForward(16)
          y[..., -1] / sqrt(d)
        }
        """;

    private const string Functions = """
        namespace A;

        public static partial class Functions
        {
            public static partial TorchSharp.torch.Tensor bands(TorchSharp.torch.Tensor x, long count) => x.slice(1, 0, count, 1).square();
        }
        """;

    private static readonly GeneratedAssembly Assembly = Compile();

    [Fact]
    public void AnExternFunctionIsCalled()
    {
        using var scope = NewDisposeScope();
        var module = (nn.Module<Tensor, Tensor>)Assembly.Create("A.Spectral", 4L);
        var x = randn(2, 10);
        var expected = nn.functional.linear(x.slice(1, 0, 4, 1).square(), module.get_parameter("linear1.weight")!, module.get_parameter("linear1.bias"));
        Assert.True(allclose(module.call(x), expected));
    }

    [Fact]
    public void WithoutItsBodyTheProjectDoesNotBuild()
    {
        var project = new DlmProject(("a.dlm", Source));
        var errors = project.Run().Compilation.GetDiagnostics().Where(d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
        Assert.Equal("CS8795", Assert.Single(errors).Id);
    }

    [Fact]
    public void ABlockTakesAnyNumberOfLeadingDimensions()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([3, 8], Make("Rows").call(randn(3, 8)).shape);
        Assert.Equal([2, 3, 4, 8], Make("Cube").call(randn(2, 3, 4, 8)).shape);
        var any = Make("Any");
        Assert.Equal([], any.call(randn(8)).shape);
        Assert.Equal([2, 3], any.call(randn(2, 3, 8)).shape);
        var refusal = Assert.Throws<ArgumentException>(() => any.call(randn(2, 7)));
        Assert.StartsWith("Any takes [..., 8], but this input is [2, 7].", refusal.Message.Replace("[..., d]", "[..., 8]", StringComparison.Ordinal));
    }

    private static nn.Module<Tensor, Tensor> Make(string name) => (nn.Module<Tensor, Tensor>)Assembly.Create($"A.{name}");

    private static GeneratedAssembly Compile()
    {
        var project = new DlmProject(("a.dlm", Source));
        project.AddCSharp(Functions);
        return GeneratedAssembly.Compile(project);
    }
}
