using Dlm.Dsl;
using Dlm.Generator.Tests.Harness;
using static Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace Dlm.Generator.Tests;

/// <summary>What runs again after an edit, step by step.</summary>
public sealed class PipelineTests
{
    private const string Layer = "block Layer(width: int) : [B, D] -> [B, width] {\n  linear(width) -> relu\n}\n";
    private const string User = "model User : [B, 8] -> [B, 2] {\n  Layer(4)\n  linear(2)\n}\n";
    private const string Other = "model Other : [B, 8] -> [B, 3] {\n  linear(3)\n}\n";

    private readonly DlmProject project = new(
        ("Layer.dlm", Layer),
        ("Other.dlm", Other),
        ("User.dlm", User));

    public PipelineTests() => Assert.Equal(["Layer.g.cs", "Other.g.cs", "User.g.cs"], project.Run().Sources.Keys);

    [Fact]
    public void AnEditOfCSharpRunsNothing()
    {
        project.AddCSharp("class Unrelated;");
        Assert.Empty(project.Run().Ran);
    }

    [Fact]
    public void AnotherOrderOfFilesChangesNothing()
    {
        project.Reverse();
        Assert.Empty(project.Run().Changed);
    }

    [Fact]
    public void ACommentEmitsNothing()
    {
        project.Edit("Layer.dlm", Layer + "// a remark\n");
        Assert.Equal([Steps.Files, Steps.Project, Steps.Inputs], project.Run().Changed);
    }

    [Fact]
    public void AnEditWithinABodyLeavesTheIndexAlone()
    {
        project.Edit("Other.dlm", Other.Replace("linear(3)", "linear(5) -> linear(3)"));
        var run = project.Run();
        Assert.Equal([Steps.Files, Steps.Project, Steps.Inputs, Steps.Compiled, Steps.Sources], run.Changed);
        Assert.Equal(["Other.g.cs"], Emitted(run));
        Assert.Equal(["Other.dlm"], Compiled(run));
    }

    [Fact]
    public void AnEditOfAFileCompilesItsImporters()
    {
        project.Edit("Layer.dlm", Layer.Replace("relu", "sigmoid"));
        var run = project.Run();
        Assert.Equal(["Layer.dlm", "User.dlm"], Compiled(run));
        Assert.Equal(["Layer.g.cs"], Emitted(run));
    }

    [Fact]
    public void ARenamedFileIsCompiledWithItsImporters()
    {
        project.Rename("Layer.dlm", "Moved/Layer.dlm");
        var run = project.Run();
        Assert.Equal(["Moved/Layer.g.cs", "Other.g.cs", "User.g.cs"], run.Sources.Keys);
        Assert.Equal(["Moved/Layer.dlm", "User.dlm"], Compiled(run));
    }

    [Fact]
    public void ARemovedFileCompilesItsImporters()
    {
        project.Remove("Layer.dlm");
        var run = project.Run();
        Assert.Equal(["Other.g.cs"], run.Sources.Keys);
        Assert.Equal(["User.dlm"], Compiled(run));
        Assert.StartsWith("/project/User.dlm(2,3): error DLM0101: ", Assert.Single(run.Diagnostics).ToString());
    }

    [Fact]
    public void AnAddedFileCompilesAlone()
    {
        project.Add("Another.dlm", Other.Replace("Other", "Another"));
        Assert.Equal(["Another.dlm"], Compiled(project.Run()));
    }

    [Fact]
    public void AFileListedTwiceCountsOnce()
    {
        project.Add("Other.dlm", Other);
        var run = project.Run();
        Assert.Null(run.Result.Exception);
        Assert.Equal(["Layer.g.cs", "Other.g.cs", "User.g.cs"], run.Sources.Keys);
    }

    [Fact]
    public void AnotherRootNamespaceCompilesAll()
    {
        project.SetRootNamespace("Elsewhere");
        var run = project.Run();
        Assert.Equal(["Layer.dlm", "Other.dlm", "User.dlm"], Compiled(run));
        Assert.All(run.Sources.Values, source => Assert.Contains("namespace Elsewhere", source));
    }

    [Fact]
    public void TheCachesHoldNothingOfRoslyn()
    {
        project.Add("Bad.dlm", "model Bad : [B, 8] -> [B, 2] { lineer(2) }");
        var run = project.Run();
        Assert.NotEmpty(run.Step<object>(Steps.Diagnostics));
        Assert.NotEmpty(run.Step<object>(Steps.Sources));
        Assert.Empty(CachedModel.RoslynObjects(run));
    }

    private static IEnumerable<string> Compiled(DlmRun run) => run.Result.TrackedSteps[Steps.Compiled]
        .Where(step => step.Outputs.Single().Reason is New or Modified or Unchanged)
        .Select(step => (CompilerInput)step.Inputs.Single().Source.Outputs[step.Inputs.Single().OutputIndex].Value)
        .Select(input => input.File.Path[DlmProject.Directory.Length..])
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Emitted(DlmRun run) => run.Step<GeneratedSource>(Steps.Sources)
        .Where(source => source.Reason is New or Modified)
        .Select(source => source.Value.HintName)
        .Order(StringComparer.Ordinal);
}
