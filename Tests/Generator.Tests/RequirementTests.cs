using Dlm.Generator.Tests.Harness;
using static TorchSharp.torch;

namespace Dlm.Generator.Tests;

/// <summary>What <c>require</c> claims is checked once: of parameters by the constructor, of sizes at the input.</summary>
public sealed class RequirementTests
{
    private const string Text = """
        block Halve(heads: int) : (x: [B, C, H, W]) -> [B, C, H, W] {
          require H % 4 == 0 and C % heads == 0
          (x -> maxpool(4) -> upsample(4)) + x
        }
        model Net(width: int = 8, heads: int = 2) : (x: [B, 3, H, W]) -> [B, width, _, _] {
          require W % 4 == 0
          require H >= W and width >= 2
          conv(width, 3, pad: 1) -> Halve(heads)
        }
        """;

    [Fact]
    public void ByTheConstructor()
    {
        using var assembly = GeneratedAssembly.Compile(("Net.dlm", Text));
        Assert.StartsWith("Net: 'width >= 2' does not hold for width = 1. Choose other arguments.", Assert.Throws<ArgumentOutOfRangeException>(() => assembly.Create("Project.Net", 1L, 1L)).Message);
        Assert.Equal("Net: 'C % heads == 0' does not hold for heads = 3, width = 8. Choose other arguments.", Assert.Throws<ArgumentException>(() => assembly.Create("Project.Net", 8L, 3L)).Message);
    }

    [Fact]
    public void AtTheInput()
    {
        using var assembly = GeneratedAssembly.Compile(("Net.dlm", Text));
        using var net = (nn.Module<Tensor, Tensor>)assembly.Create("Project.Net");
        using var scope = NewDisposeScope();
        Assert.Equal([1, 8, 16, 12], net.call(zeros(1, 3, 16, 12)).shape);
        Assert.Equal("Net: 'W % 4 == 0' does not hold for W = 10. Pad, crop or resize the input.", Refusal(16, 10));
        Assert.Equal("Net: 'H >= W' does not hold for H = 16, W = 20. Pad, crop or resize the input.", Refusal(16, 20));
        // A block's claim on what flows into it is one on the model's input.
        Assert.Equal("Net: 'H % 4 == 0' does not hold for H = 18. Pad, crop or resize the input.", Refusal(18, 16));

        string Refusal(long height, long width) => Assert.Throws<ArgumentException>(() => net.call(zeros(1, 3, height, width))).Message;
    }
}
