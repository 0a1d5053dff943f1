using Dlm.Generator.Tests.Harness;

namespace Dlm.Generator.Tests;

/// <summary>What runs again after an edit, step by step.</summary>
public sealed class PipelineTests
{
    [Fact]
    public void UnrelatedCSharpRunsNothing()
    {
        var project = new DlmProject(("a.dlm", "model A : [B, 4] -> [B, 2] { linear(2) }"));
        project.Run();
        project.AddCSharp("class Unrelated;");
        Assert.Empty(project.Run().Ran);
    }
}
