using Dlm.Dsl.Tests.Harness;

namespace Dlm.Dsl.Tests.Elaboration;

public sealed class IndexTests
{
    [Theory]
    [InlineData("block A(n: int) : (x: [B, C, H]) -> [B, _, _] { x[:, ::n] }\nmodel M : (x: [B, 4, H]) -> [B, _, _] { x -> A(0) -> conv1d(2, 3) }\n")]
    [InlineData("model M : (x: [B, 4, H]) -> [B, _, _] { x[:, ::-1] -> conv1d(2, 3) }\n")]
    public void ASliceThatDoesNotGoForwardIsOneError(string text)
    {
        var error = Assert.Single(Compiling.Diagnose(text));

        Assert.Contains("it must be at least 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AStepThatIsNothingWhereTwoSizesAreEqualIsNoFault() => Assert.DoesNotContain(
        Compiling.Diagnose("block A(n: int) : (x: [B, C, H]) -> [B, C, _] {\n  y = x[:, : 0:(n - C)]\n  z = if n != C then x -> relu else x\n  z + x\n}\nmodel M : (x: [B, 4, H]) -> [B, 4, H] { x -> A(4) }\n"),
        diagnostic => diagnostic.Id == "DLM0999");
}
