using Dlm.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using static TorchSharp.torch;

namespace Dlm.Generator.Tests;

/// <summary>Projects of several files.</summary>
public sealed class FilesTests
{
    private const string Block = "block Wide(width: int) : [B, D] -> [B, width] {\n  linear(width) -> relu\n}\n";
    private const string Model = "model M : [B, 4] -> [B, 2] {\n  Wide(8)\n  linear(2)\n}\n";

    [Theory]
    [InlineData("", "")]
    [InlineData("namespace A\n", "namespace A\n")]
    [InlineData("namespace Project\n", "")]
    [InlineData("", "namespace Project\n")]
    [InlineData("namespace A.Blocks\n", "namespace A\nuse A.Blocks\n")]
    [InlineData("", "namespace A\nuse Project\n")]
    public void AModelUsesABlockOfAnotherFile(string ofBlock, string ofModel)
    {
        using var assembly = GeneratedAssembly.Compile(("Wide.dlm", ofBlock + Block), ("M.dlm", ofModel + Model));
        var type = assembly.Assembly.GetTypes().Single(type => type.Name == "M");
        using var module = (nn.Module<Tensor, Tensor>)assembly.Create(type.FullName!);
        using var output = module.call(zeros(3, 4));
        Assert.Equal([3, 2], output.shape);
        Assert.Equal(["linear1.bias", "linear1.weight", "wide1.linear1.bias", "wide1.linear1.weight"], module.state_dict().Keys.Order());
    }

    [Fact]
    public void AMistakeInABlockIsShownInItsFileAlone()
    {
        var run = new DlmProject(("Wide.dlm", Block.Replace("relu", "rellu")), ("M.dlm", Model)).Run();
        Assert.StartsWith("/project/Wide.dlm(2,20): error DLM0101: ", Assert.Single(run.Diagnostics).ToString());
    }

    [Fact]
    public void AModelDeclaredInTwoFilesIsOneMistake()
    {
        var run = new DlmProject(("a.dlm", Block), ("b.dlm", "\n" + Block)).Run();
        var diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);
        Assert.StartsWith("/project/b.dlm(2,7): error DLM0102: 'Wide' is declared already, in /project/a.dlm on line 1. ", diagnostic.ToString());
    }

    [Fact]
    public void OneNameInTwoNamespacesIsNone() =>
        Assert.Empty(new DlmProject(("a.dlm", Block), ("b.dlm", "namespace Other\n" + Block)).Run().Diagnostics);
}
