using Dlm.Dsl.Analysis;
using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Tests.Harness;

namespace Dlm.Dsl.Tests.Elaboration;

/// <summary><c>checkpoint { ... }</c> and <c>on cuda(1) { ... }</c>: what they are in the graph, and where they are wrong.</summary>
public sealed class PartTests
{
    [Theory]
    [InlineData("on tpu { linear(2) }", "DLM0101", "There is no device 'tpu'.")]
    [InlineData("on cudo { linear(2) }", "DLM0101", "Did you mean 'cuda'?")]
    [InlineData("on cpu(1) { linear(2) }", "DLM0112", "Write cpu, cuda, cuda(1) or mps.")]
    [InlineData("on cuda(1, 2) { linear(2) }", "DLM0112", "Write cpu, cuda, cuda(1) or mps.")]
    [InlineData("on cuda(index: 1) { linear(2) }", "DLM0112", "Write cpu, cuda, cuda(1) or mps.")]
    [InlineData("on cuda(-1) { linear(2) }", "DLM0106", "0 or more")]
    [InlineData("on cuda(0.5) { linear(2) }", "DLM0105", "the number of a device")]
    [InlineData("on cuda(B) { linear(2) }", "DLM0117", "B")]
    [InlineData("on cpu { }", "DLM0111", "")]
    [InlineData("checkpoint { }", "DLM0111", "")]
    [InlineData("checkpoint { linear(\"a\") }", "DLM0105", "")]
    [InlineData("checkpoint { a = linear(2) } -> linear(a)", "DLM0101", "'a'")]
    public void WhatIsWrongHasOneMessage(string stages, string id, string text)
    {
        var only = Assert.Single(Compiling.Diagnose($"model M : (x: [B, 4]) -> [B, 2] {{ {stages} }}"), d => d.Severity == Dlm.Dsl.Diagnostics.Severity.Error);
        Assert.Equal(id, only.Id);
        Assert.Contains(text, only.Message);
    }

    [Fact]
    public void ACheckpointInAFunctionIsRefused() =>
        Assert.Contains("Write it around the call.", Compiling.Listed(Compiling.Diagnose("model M : [B, 4] -> [B, 4] { twice }\nfn twice(x) = x -> checkpoint { relu -> tanh }")));

    [Theory]
    [InlineData("linear(4)", "DLM0112 'linear', which has parameters of its own, in a function is not possible here. Write a block.")]
    [InlineData("Half(4)", "DLM0112 'Half', which would be a new one wherever the function is called, in a function is not possible here. Write a block, which can have parts of its own.")]
    public void AFunctionHasNoPartsOfItsOwn(string stage, string message) => Assert.Contains(
        message, Compiling.Listed(Compiling.Diagnose($"model M : [B, 4] -> [B, 4] {{ twice }}\nfn twice(x) = 2 * (x -> {stage})\nblock Half(d: int) : [B, C] -> [B, d] {{ linear(d) }}")));

    [Fact]
    public void AnOptionalInputHasToBeThere() =>
        Assert.Contains("DLM0122", Compiling.Listed(Compiling.Diagnose("model M : (x: [B, 4], y: [B, 4]?) -> [B, 4] { checkpoint { x + y } }")));

    [Fact]
    public void ACheckpointChangesNoKeyAndNoFigure()
    {
        const string source = "model M(depth: int = 3) : [B, 4] -> [B, 2] { linear(8) -> { relu -> linear(4) } body: repeat i in 0..depth { { linear(4) -> relu } } linear(2) }";
        var (plain, other) = (Compiling.Model(source), Compiling.Model(source
            .Replace("{ relu -> linear(4) }", "checkpoint { { relu -> linear(4) } }", StringComparison.Ordinal)
            .Replace("{ { linear(4) -> relu } }", "{ checkpoint { { linear(4) -> relu } } }", StringComparison.Ordinal)));
        Assert.Equal(plain.State.Select(s => s.Key), other.State.Select(s => s.Key));
        Assert.Equal((plain.ParameterCount, plain.Macs), (other.ParameterCount, other.Macs));
        Assert.Equal(LayerTable.Of(plain), LayerTable.Of(other));
    }

    [Fact]
    public void ACheckpointTakesLessMemoryInTraining()
    {
        static long Training(string open, string close)
        {
            var model = Compiling.Model($"model M : [B, 100] -> [B, 100] {{ repeat 6 {{ {open} {{ linear(5000) -> gelu -> linear(100) }} {close} }} }}");
            return MemoryUse.Of(model, SizeTable.For(model, 1000, new Dictionary<string, long>()))!.Training;
        }

        // Each turn makes tensors of 20 MB, of which those of one turn alone live at a time.
        Assert.True(Training("", "") - Training("checkpoint {", "}") >= 5 * 20_000_000);
    }

    [Fact]
    public void BlocksInARowAreOneRowOfTheTable()
    {
        var model = Compiling.Model("""
            block Layer(d: int) : (x: [B, D]) -> [B, d] { linear(d) -> relu }
            model Deep(depth: int = 1000) : [B, 4] -> [B, 8] { layers: repeat i in 0..depth { Layer(8) } }
            """);
        Assert.Equal(
            [
                new LayerRow("layers.0.linear1", "linear(8)", "[B, 8]", 40, 32),
                new LayerRow("layers.1..999.linear1", "linear(8)", "[B, 8]", 999 * 72, 999 * 64),
            ],
            LayerTable.Of(model)!);
    }

    [Fact]
    public void ALoopHasItsLayersOnce()
    {
        var model = Compiling.Model("""
            model Rnn : (x: [B, 7, 3]) -> [B, 7, 5] {
              layer again = linear(5)
              scan now over dim 1 with (h = zeros(B, 5)) {
                h = tanh((now -> linear(5)) + (h -> again))
                yield h
              }
            }
            """);
        Assert.Equal([(20L, 7 * 15L), (30L, 7 * 25L)], LayerTable.Of(model)!.Select(r => (r.Parameters, r.Macs ?? -1)));
        Assert.Equal(model.Macs!.Value, LayerTable.Of(model)!.Sum(r => r.Macs));
    }

    [Fact]
    public void APlacedTurnIsAModuleOfItsOwn() =>
        Assert.IsType<GroupNode>(Assert.IsType<RepeatNode>(Assert.Single(Compiling.Model("model M(n: int = 2) : [B, 4] -> [B, 4] { repeat i in 0..n { on cuda(i) { linear(4) } } }").Class.Body.Nodes)).Stage);
}
