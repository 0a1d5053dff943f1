using Dlm.Dsl.Tests.Harness;

namespace Dlm.Dsl.Tests.Operators;

/// <summary>Signs between tensors and numbers: what comes of them, how C# has it, and what they refuse.</summary>
public sealed class SignTests
{
    [Theory]
    [InlineData("x: [B, 4], y: [4]", "x + y", "[B, 4]", "x + y")]
    [InlineData("x: [B], y: float64[B]", "x * y", "float64[B]", "x * y")]
    [InlineData("x: [B], y: float64[]", "x * y", "[B]", "x * y")]
    [InlineData("x: int[B], y: int[B]", "x / y", "[B]", "x / y")]
    [InlineData("x: int[B]", "x * 2", "int[B]", "x * 2")]
    [InlineData("x: int[B]", "x * 2.0", "[B]", "x * 2.0")]
    [InlineData("x: bool[B]", "x + 1", "int[B]", "x + 1")]
    [InlineData("x: int[B]", "x ** 2", "int[B]", "x.pow(2)")]
    [InlineData("x: [B]", "1 - x", "[B]", "1 - x")]
    [InlineData("x: [B, 1, 2, 3], y: [5, 3, 4]", "x @ y", "[B, 5, 2, 4]", "x.matmul(y)")]
    [InlineData("x: [3], y: [B, 3, 4]", "x @ y", "[B, 4]", "x.matmul(y)")]
    [InlineData("x: [3], y: [3]", "x @ y", "[]", "x.matmul(y)")]
    [InlineData("x: [B, 4], y: int[4]", "x == y", "bool[B, 4]", "x.eq(y)")]
    [InlineData("x: [B, 4]", "0 < x", "bool[B, 4]", "x.gt(0)")]
    [InlineData("x: int[B, 4]", "x != 0", "bool[B, 4]", "x.ne(0)")]
    [InlineData("x: bool[B, 1], y: bool[4]", "x and not y", "bool[B, 4]", "x.logical_and(")]
    [InlineData("x: [B], y: [B]", "x < 1 or y >= 2", "bool[B]", ".logical_or(")]
    public void Gives(string inputs, string expression, string output, string csharp)
    {
        var source = Source(inputs, expression, output);
        Assert.Equal(output, Compiling.Model(source).Class.Body.Results[0].Type.ToString());
        Assert.Contains(csharp, Compiling.CSharp(source), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x: [B, 4], y: [B, 3]", "x + y", "DLM0204", "dimension 1: 4 and 3")]
    [InlineData("x: [B, 4], y: [B, 3]", "x < y", "DLM0204", "'<' needs shapes that broadcast")]
    [InlineData("x: bool[B]", "1 - x", "DLM0206", "where(condition, 1, 0)")]
    [InlineData("x: bool[B], y: [B]", "x and y", "DLM0206", "compare, e.g. x != 0")]
    [InlineData("x: [B]", "not x", "DLM0206", "a bool tensor")]
    [InlineData("x: bool[B]", "x and 1", "DLM0105", "a tensor on each side")]
    [InlineData("x: [B, 4]", "x @ 2", "DLM0105", "a tensor on each side")]
    [InlineData("x: [B, 4], y: float64[4, 2]", "x @ y", "DLM0206", "one element type")]
    [InlineData("x: [2, 3, 4], y: [5, 4, 2]", "x @ y", "DLM0204", "2 and 5")]
    [InlineData("x: [B, 4], y: [3, 2]", "x @ y", "DLM0211", "last size")]
    [InlineData("x: int[B]", "x ** -1", "DLM0106", "at least 0 for whole numbers")]
    public void Refuses(string inputs, string expression, string id, string says)
    {
        var diagnostic = Assert.Single(Compiling.Diagnose(Source(inputs, expression, "[_]")));
        Assert.Equal(id, diagnostic.Id);
        Assert.Contains(says, diagnostic.Message, StringComparison.Ordinal);
    }

    private static string Source(string inputs, string expression, string output) => $"model A : ({inputs}) -> {output} {{\n  {expression}\n}}\n";
}
