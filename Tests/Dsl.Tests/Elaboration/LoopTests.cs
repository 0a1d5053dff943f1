using Dlm.Dsl.Tests.Harness;

namespace Dlm.Dsl.Tests.Elaboration;

/// <summary>Loops, shared layers, parameters of a model's own and optional inputs: what they count, and what is wrong with them.</summary>
public sealed class LoopTests
{
    [Fact]
    public void ALayerInALoopIsCountedOnceAndRunsEachStep()
    {
        var model = Compiling.Model("model A : (x: [B, 5, 4]) -> [B, 5, 3] { scan now over dim 1 { yield now -> linear(3) } }");
        Assert.Equal(15, model.ParameterCount!.Value);
        Assert.Equal(5 * 12, model.Macs!.Value);
        Assert.Equal(["linear1.weight", "linear1.bias"], model.State.Select(entry => entry.Key));
    }

    [Fact]
    public void ASharedLayerIsCountedOnce()
    {
        var model = Compiling.Model("model A : (x: [B, 4]) -> [B, 4] {\n  layer f = linear(4)\n  x -> f -> f -> f\n}");
        Assert.Equal(20, model.ParameterCount!.Value);
        Assert.Equal(3 * 16, model.Macs!.Value);
        Assert.Equal(["f.weight", "f.bias"], model.State.Select(entry => entry.Key));
    }

    [Fact]
    public void AReadWeightIsNotCountedAgain()
    {
        var model = Compiling.Model("model A : (i: int[B]) -> [B, 9] {\n  x = i -> e: embedding(9, 4)\n  x @ transpose(e.weight, 0, 1)\n}");
        Assert.Equal(36, model.ParameterCount!.Value);
    }

    [Fact]
    public void TurnsMayHaveNames()
    {
        var model = Compiling.Model("model A : [B, 4] -> [B, 4] { f: repeat i in 1..3 as layer_ { linear(4) } }");
        Assert.Equal(["f.layer_1.weight", "f.layer_1.bias", "f.layer_2.weight", "f.layer_2.bias"], model.State.Select(entry => entry.Key));
        Assert.Contains("\"layer_\" + i.ToString", Compiling.CSharp("model A(n: int = 2) : [B, 4] -> [B, 4] { f: repeat i in 0..n as layer_ { linear(4) } }"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("yield x", "DLM0112 'yield' outside of a scan is not possible here.")]
    [InlineData("scan t over dim 2 { yield t }", "DLM0106 'dim' is 2; it must be a dimension of [B, 4], -2 to 1.")]
    [InlineData("scan t over dim 1 with (h = 0) { h = h + t }", "DLM0105 'h' takes one tensor, such as zeros(B, hidden), not ")]
    [InlineData("scan t over dim 1 { }", "DLM0111 'scan' computes nothing")]
    [InlineData("s: scan t over dim 1 { yield t }", "DLM0112 A name for a scan is not possible here.")]
    [InlineData("while x > 0 limit 3 with (y = x) { y = y - 1 }", "DLM0105 'while' takes one truth value, bool[], such as any(halted < 1), not bool[B, 4].")]
    [InlineData("while any(x > 0) limit 0 with (y = x) { y = y - 1 }", "DLM0106 'limit' is 0; it must be a whole number of steps, at least 1.")]
    [InlineData("layer f = linear(4)\nresidual { f }", "DLM0112 A call of the shared layer 'f' in a group or repeat")]
    [InlineData("layer f = linear(x)", "DLM0105 'a layer' takes what is known when the model is made")]
    [InlineData("param w = xavier\nx * w", "DLM0121 'w' needs its shape and how it begins")]
    [InlineData("param w: [B, 4] = xavier\nx * w", "DLM0207")]
    [InlineData("param w: [4] = xavier\nx * w", "DLM0124 'xavier' needs at least 2 dimensions, and [4] has 1.")]
    [InlineData("param w: int[4] = zeros\nx * w", "DLM0112 A param that is not of floats is not possible here. What is not trained is a buffer.")]
    [InlineData("buffer w: [4] = zeros(3)\nx * w", "DLM0208")]
    [InlineData("x @ y.weight", "DLM0101 There is no stage above with that name 'y'.")]
    [InlineData("z = x -> f: linear(4)\nz * f.wight", "DLM0101 There is no parameter of 'f' called 'wight'. Did you mean 'weight'?")]
    public void WhatIsWrongIsSaidOnce(string body, string expected)
    {
        var diagnostics = Compiling.Diagnose($"model A : (x: [B, 4]) -> [B, 4] {{\n{body}\n}}").Where(d => d.Severity == Dlm.Dsl.Diagnostics.Severity.Error);
        var diagnostic = Assert.Single(diagnostics);
        Assert.StartsWith(expected, $"{diagnostic.Id} {diagnostic.Message}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model A : (x: [B, 4], x: [B, 4]) -> [B, 4] { relu(x) }")]
    [InlineData("extern fn f(x: [B, 4], x: int) -> [B, 4]\n")]
    public void TwoInputsHaveTwoNames(string text) => Assert.Equal("DLM0102", Assert.Single(Compiling.Diagnose(text)).Id);
}
