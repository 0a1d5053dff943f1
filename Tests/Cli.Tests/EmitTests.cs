using Dlm.Cli.Tests.Harness;

namespace Dlm.Cli.Tests;

public sealed class EmitTests
{
    [Fact]
    public void WritesTheCSharpOfABuild()
    {
        using var place = new Workplace(("a.dlm", Sources.Net));
        var run = place.Run("emit", "a.dlm");
        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Contains("namespace Small;", run.Out);
        Assert.Contains("public sealed partial class Net", run.Out);
    }

    [Fact]
    public void WritesFilesInTheirFolders()
    {
        using var place = new Workplace(("a.dlm", Sources.Net), ("sub/a.dlm", Sources.Net.Replace("Small", "Other")));
        Assert.Equal("wrote out/a.g.cs\nwrote out/sub/a.g.cs\n", place.Run("emit", "-o", "out").Error);
        Assert.Contains("namespace Other;", place.Read("out/sub/a.g.cs"));
    }

    [Fact]
    public void AFileWithoutANamespaceHasTheProjects()
    {
        const string text = "model A : [B, 4] -> [B, 2] { linear(2) }\n";
        using var place = new Workplace(("a/My.App.csproj", "<Project />"), ("a/a.dlm", text), ("b/b.csproj", "<Project><PropertyGroup><RootNamespace>Said</RootNamespace></PropertyGroup></Project>"), ("b/b.dlm", text));
        Assert.Contains("namespace My.App;", place.Run("emit", "a").Out);
        Assert.Contains("namespace Said;", place.Run("emit", "b").Out);
        Assert.Contains("namespace Given;", place.Run("emit", "b", "--namespace", "Given").Out);
    }

    [Fact]
    public void ErrorsAreShownAndNothingIsWritten()
    {
        using var place = new Workplace(("wrong.dlm", Sources.Wrong));
        var run = place.Run("emit");
        Assert.Equal((1, ""), (run.Status, run.Out));
        Assert.Contains("wrong.dlm(5,3): error DLM0201", run.Error);
    }
}
