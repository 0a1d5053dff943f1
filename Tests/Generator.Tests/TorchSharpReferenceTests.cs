using Dlm.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Dlm.Generator.Tests;

public sealed class TorchSharpReferenceTests
{
    [Fact]
    public void AProjectWithoutItHasOneError()
    {
        var project = new DlmProject(Zoo.LeNet5, Zoo.AlexNet);
        project.RemoveTorchSharp();
        var run = project.Run();
        Assert.Empty(run.Sources);
        Assert.Equal(
            "error DLM0801: Models are compiled to TorchSharp modules, and this project does not reference TorchSharp. "
                + "Add it: dotnet add package TorchSharp-cpu",
            Assert.Single(run.Diagnostics).ToString());
    }

    [Fact]
    public void MistakesInModelsAreStillShown()
    {
        var project = new DlmProject(("a.dlm", "model A : [B, 4] -> [B, 2] { lineer(2) }"));
        project.RemoveTorchSharp();
        Assert.Equal(["DLM0101", "DLM0801"], project.Run().Diagnostics.Select(diagnostic => diagnostic.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void AProjectWithoutModelsNeedsNone()
    {
        var project = new DlmProject();
        project.RemoveTorchSharp();
        Assert.Empty(project.Run().Diagnostics);
    }

    [Fact]
    public void AProjectOfThatNameIsOneToo() =>
        Assert.True(TorchSharpReference.Is(CSharpCompilation.Create("TorchSharp").ToMetadataReference()));
}
