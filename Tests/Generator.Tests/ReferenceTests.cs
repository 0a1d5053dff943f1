using Dlm.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Dlm.Generator.Tests;

public sealed class ReferenceTests
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
    public void ARecipeWithoutTheRuntimeIsOneError()
    {
        const string Text = "model M : [B, 4] -> [B, 2] { linear(2) }\ntrain T on M {\n  loss cross_entropy\n  optimizer sgd\n  rate 0.1 * 5\n}\n";
        var project = new DlmProject(("a.dlm", Text));
        Assert.Empty(project.Run().Diagnostics);
        project.RemoveRuntime();
        // Somebody uses the model: it is there all the same.
        project.AddCSharp("namespace Project { class User { M model = new(); } }");
        var run = project.Run();
        Assert.Equal(
            "/project/a.dlm(2,7): error DLM0803: 'T' is compiled to C# over Dlm.Runtime, and this project does not reference it. Add it: dotnet add package Dlm.Runtime",
            Assert.Single(run.Diagnostics).ToString());
        Assert.DoesNotContain(run.Problems, problem => problem.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public void AModelNeedsNoRuntime()
    {
        var project = new DlmProject(Zoo.LeNet5);
        project.RemoveRuntime();
        var run = project.Run();
        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.Problems);
    }

    [Fact]
    public void AProjectOfThatNameIsOneToo() =>
        Assert.True(ProjectReferences.IsTorchSharp(CSharpCompilation.Create("TorchSharp").ToMetadataReference()));
}
