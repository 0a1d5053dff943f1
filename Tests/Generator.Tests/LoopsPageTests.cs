using System.Text.RegularExpressions;
using Dlm.Generator.Tests.Harness;
using static TorchSharp.torch;

namespace Dlm.Generator.Tests;

/// <summary>The systems on docs/loops.md run, and a gradient reaches every parameter of theirs.</summary>
public sealed partial class LoopsPageTests
{
    private static readonly GeneratedAssembly Assembly = GeneratedAssembly.Compile(
        Snippet().Matches(File.ReadAllText(Path.Combine(Dotnet.Repository, "docs", "loops.md"))).Select((match, i) => ($"{i}.dlm", match.Groups[1].Value)));

    [Fact]
    public void ATranslatorAligns()
    {
        using var scope = NewDisposeScope();
        var module = (nn.Module<Tensor, Tensor, (Tensor, Tensor)>)Assembly.Create("Loops.Translator");
        var (logits, alignment) = module.call(randint(0, 1000, [2, 5]), randint(0, 1000, [2, 7]));
        Assert.Equal([2, 7, 1000], logits.shape);
        Assert.True(allclose(alignment.sum(-1), ones(2, 7), atol: 1e-5));
        ReachesAll(module, logits.sum());
    }

    [Fact]
    public void ATuringMachineReadsAndWrites()
    {
        using var scope = NewDisposeScope();
        var module = (nn.Module<Tensor, Tensor>)Assembly.Create("Loops.TuringMachine");
        var y = module.call(rand(2, 6, 8));
        Assert.Equal([2, 6, 8], y.shape);
        ReachesAll(module, y.sum());
    }

    [Fact]
    public void PonderingEnds()
    {
        using var scope = NewDisposeScope();
        var module = (nn.Module<Tensor, Tensor>)Assembly.Create("Loops.Parity", 16L);
        var y = module.call(rand(3, 16));
        Assert.Equal([3, 1], y.shape);
        ReachesAll(module, y.sum());
        using var inner = NewDisposeScope();
        using (no_grad()) module.call(ones(3, 16)).Dispose();
        Assert.Equal(1, inner.DisposablesCount);
    }

    [Fact]
    public void AttentionLooksAround()
    {
        using var scope = NewDisposeScope();
        var module = (nn.Module<Tensor, (Tensor, Tensor, Tensor, Tensor)>)Assembly.Create("Loops.VisualAttention");
        var (logits, places, means, values) = module.call(rand(2, 1, 28, 28));
        Assert.Equal([2, 10], logits.shape);
        Assert.Equal([6, 2, 2], places.shape);
        Assert.True(places.abs().max().item<float>() <= 1);
        ReachesAll(module, logits.sum() + means.sum() + values.sum());
    }

    private static void ReachesAll(nn.Module module, Tensor loss)
    {
        loss.backward();
        Assert.All(module.named_parameters(), entry => Assert.True(entry.parameter.grad is not null, entry.name));
    }

    [GeneratedRegex("```dlm\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Snippet();
}
