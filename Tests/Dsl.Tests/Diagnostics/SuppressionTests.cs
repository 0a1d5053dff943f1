using Dlm.Dsl.Tests.Harness;

namespace Dlm.Dsl.Tests.Diagnostics;

/// <summary>Comments silence warnings, each those that it names, and say so where they name none.</summary>
public sealed class SuppressionTests
{
    private const string Unused = "model A(_n: int = 1) : (x: [B, 4]) -> [B, 2] {{\n{0}  y = x -> linear(3)\n  x -> linear(2)\n}}\n";
    private const string Warning = ": DLM0130 Nothing uses the value 'y'. Remove it, use it, or call it '_y'.";

    [Theory]
    [InlineData("", "2,3" + Warning)]
    [InlineData("  // dlm-disable-next-line DLM0130\n", "")]
    [InlineData("//dlm-disable-next-line\tDLM0110,DLM0130\n", "2,25: DLM0133 There is no DLM0110 on the next line to disable. Remove this comment.")]
    [InlineData("  // dlm-disable-next-line DLM0130 - y is for the debugger\n", "")]
    [InlineData("  /* why */ // dlm-disable-next-line DLM0130\n", "")]
    [InlineData("  // dlm-disable DLM0130\n\n\n", "")]
    [InlineData("  // dlm-disable-next-line DLM0130\n\n", "2,28: DLM0133 There is no DLM0130 on the next line to disable. Remove this comment.\n4,3" + Warning)]
    [InlineData("  // dlm-disable-next-line DLM0103\n", "2,28: DLM0133 DLM0103 is an error, and errors cannot be disabled. Mend what it is about and remove this comment.\n3,3" + Warning)]
    [InlineData("  // dlm-disable-next-line DLM013\n", "2,28: DLM0133 There is no diagnostic 'DLM013'. Did you mean 'DLM0130'?\n3,3" + Warning)]
    [InlineData("  // dlm-disable-next-line\n", "2,6: DLM0133 This comment does not say which warnings to disable. Write their ids behind it, e.g. DLM0130.\n3,3" + Warning)]
    [InlineData("  // see dlm-disable-next-line DLM0130\n", "3,3" + Warning)]
    [InlineData("  /* dlm-disable DLM0130 */\n", "3,3" + Warning)]
    public void AComment(string comment, string expected) =>
        Assert.Equal(expected, Compiling.Listed(Compiling.Diagnose(string.Format(null, Unused, comment))));

    [Fact]
    public void AnErrorStays()
    {
        var diagnostics = Compiling.Diagnose("// dlm-disable DLM0101\nmodel A : [B, 4] -> [B, 2] { linaer(2) }");
        Assert.Equal(["DLM0133", "DLM0101"], diagnostics.Select(d => d.Id));
    }

    // While something else is wrong, the warning that a comment is about may be missing for that reason alone.
    [Fact]
    public void InAFileWithAnErrorNoCommentIsUseless() =>
        Assert.Equal(["DLM0101"], Compiling.Diagnose("// dlm-disable DLM0130\nmodel A : [B, 4] -> [B, 2] { linaer(2) }").Select(d => d.Id));

    [Fact]
    public void InTheLastLine() =>
        Assert.Empty(Compiling.Diagnose("model A(n: int = 1) : [B, 4] -> [B, 2] { linear(2) }\n// dlm-disable DLM0110"));
}
