using Dlm.Dsl.Analysis;
using Dlm.Dsl.Tests.Harness;

namespace Dlm.Dsl.Tests.Analysis;

/// <summary>Peaks that were worked out by hand; sizes are in elements of 4 bytes, and each linear layer of n to m has n m + m parameters.</summary>
public sealed class MemoryTests
{
    // Input and the first layer's output; then that and the second's, with the input, which the caller keeps.
    [Fact]
    public void ATensorDiesAfterItsLastUse() => Inference("{ linear(100, bias: false) -> linear(100, bias: false) -> linear(1, bias: false) }", activations: 10 + 100 + 100);

    [Fact]
    public void ReluOverwritesItsInput() => Inference("{ linear(100, bias: false) -> relu -> linear(1, bias: false) }", activations: 10 + 100 + 1);

    // gelu needs its input for the gradient, so it makes a tensor of its own.
    [Fact]
    public void GeluDoesNot() => Inference("{ linear(100, bias: false) -> gelu -> linear(1, bias: false) }", activations: 10 + 100 + 100);

    // The shortcut keeps 50 alive while the branch makes 200 and then 50.
    [Fact]
    public void AShortcutKeepsItsTensor() => Inference("""
        {
          a = linear(50, bias: false)
          b = a -> linear(200, bias: false) -> linear(50, bias: false)
          a + b -> linear(1, bias: false)
        }
        """, activations: 10 + 50 + 200 + 50);

    [Fact]
    public void AViewTakesNothing() => Inference("{ unsqueeze(1) -> flatten -> linear(100, bias: false) -> linear(1, bias: false) }", activations: 10 + 100 + 1);

    [Fact]
    public void WhatAGroupMakesDiesInIt() => Inference("{ body: { linear(300, bias: false) -> linear(20, bias: false) } -> linear(100, bias: false) -> linear(1, bias: false) }", activations: 10 + 300 + 20);

    // Every linear layer needs its input: 10, 100 and 50 stay, and the result of 1.
    [Fact]
    public void TrainingKeepsWhatBackwardNeeds() =>
        Training("{ linear(100, bias: false) -> linear(50, bias: false) -> linear(1, bias: false) }", parameters: 1000 + 5000 + 50, activations: 10 + 100 + 50 + 1);

    // relu in place: its output, which is the same memory, serves it and the layer behind it.
    [Fact]
    public void ReluInPlaceCostsNothingInTraining() =>
        Training("{ linear(100, bias: false) -> relu -> linear(1, bias: false) }", parameters: 1000 + 100, activations: 10 + 100 + 1);

    // Backward needs the layers' inputs, the first two and the sum; the sum itself needs neither side, but while it is made b lives too.
    [Fact]
    public void WhatBackwardDoesNotNeedDiesInTrainingToo() => Training("""
        {
          a = linear(40, bias: false)
          b = a -> linear(40, bias: false)
          a + b -> linear(1, bias: false)
        }
        """, parameters: 400 + 1600 + 40, activations: 10 + 40 + 40 + 40);

    [Fact]
    public void AdamKeepsTwoNumbersOfEachParameter()
    {
        var memory = Memory("{ linear(1, bias: false) }");
        Assert.Equal(memory.Training + 2 * 10 * 4, memory.TrainingWithAdam);
    }

    [Fact]
    public void ABatchMultipliesActivationsAndNotParameters()
    {
        const string body = "{ linear(100, bias: false) -> linear(1, bias: false) }";
        Assert.Equal(Memory(body).Inference + 7 * (10 + 100 + 1) * 4, Memory(body, batch: 8).Inference);
    }

    [Fact]
    public void AnOpenSizeLeavesItOpen()
    {
        var model = Compiling.Model("model A : [B, T, 8] -> [B, T, 4] { linear(4) }");
        Assert.Null(MemoryUse.Of(model, SizeTable.For(model, 1, new Dictionary<string, long>())));
        Assert.NotNull(MemoryUse.Of(model, SizeTable.For(model, 1, new Dictionary<string, long> { ["T"] = 5 })));
    }

    private static void Inference(string body, long activations)
    {
        var memory = Memory(body);
        Assert.Equal(memory.Parameters + activations * 4, memory.Inference);
    }

    private static void Training(string body, long parameters, long activations)
    {
        var memory = Memory(body);
        Assert.Equal((parameters * 4, (2 * parameters + activations) * 4), (memory.Parameters, memory.Training));
    }

    private static MemoryUse Memory(string body, long batch = 1)
    {
        var model = Compiling.Model($"model A : [B, 10] -> [B, 1] {body}");
        return MemoryUse.Of(model, SizeTable.For(model, batch, new Dictionary<string, long>()))!;
    }
}
