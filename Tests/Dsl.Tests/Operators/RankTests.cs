using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Tests.Harness;

namespace Dlm.Dsl.Tests.Operators;

/// <summary>With any number of leading dimensions: what counts from the end works, what counts from the front is refused.</summary>
public sealed class RankTests
{
    [Theory]
    [InlineData("sort(x, dim: -1)")]
    [InlineData("stack(x, y, dim: -1)")]
    [InlineData("chunk(x, 2)")]
    [InlineData("gather(x, i, dim: -1)")]
    [InlineData("where(x > y, x, 0)")]
    [InlineData("mse(x, y)")]
    [InlineData("cosine_similarity(x, y)")]
    [InlineData("normal(x, 0.5)")]
    [InlineData("categorical(x)")]
    [InlineData("topk(x, 2)")]
    public void CountsFromTheEnd(string stage) => Assert.Empty(Errors(stage));

    [Theory]
    [InlineData("sort(x, dim: 0)")]
    [InlineData("stack(x, y)")]
    [InlineData("concat(x, y, dim: 0)")]
    [InlineData("gather(x, i, dim: 0)")]
    [InlineData("topk(x, 1, dim: 0)")]
    [InlineData("cosine_similarity(x, y, dim: 0)")]
    public void DoesNotCountFromTheFront(string stage) => Assert.Equal(["DLM0224"], Errors(stage));

    private static IEnumerable<string> Errors(string stage) => Compiling.Diagnose(
        $"block A : (x: [..., 4], y: [..., 4], i: int[..., 4]) -> [..., 4] {{\n  _a = {stage}\n  x\n}}\nmodel M : (x: [B, 4], i: int[B, 4]) -> [B, 4] {{\n  A(x, x, i)\n}}\n")
        .Where(d => d.Severity == Severity.Error).Select(d => d.Id);
}
