using Dlm.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Dlm.Generator.Tests;

/// <summary>Blocks of a referenced library, known by the <c>.dlm</c> files that it ships.</summary>
public sealed class LibraryTests
{
    private const string Layer = "/// Shared.\nblock Layer(width: int) : (x: [B, D]) -> [B, width] {\n  linear(width) -> relu\n}\n";
    private const string User = "use Acme.Layers\nmodel User : [B, 8] -> [B, 2] {\n  Layer(4)\n  linear(2)\n}\n";

    private static readonly MetadataReference library = new DlmProject("Acme.Layers", ("Layer.dlm", Layer)).Run().Compilation.ToMetadataReference();

    [Theory]
    [InlineData("")]
    [InlineData("namespace Acme.Layers\n")]
    public void AreKnownAndTheirClassesAreTheLibrarys(string @namespace)
    {
        var run = Project(@namespace + Layer, User).Run();
        Assert.Empty(run.Diagnostics);
        Assert.Equal(["User.g.cs"], run.Sources.Keys);
        Assert.Contains("new global::Acme.Layers.Layer(8, 4)", run.Sources["User.g.cs"]);
        Assert.Empty(run.Problems);
    }

    [Fact]
    public void TheirMistakesAreTheLibrarys()
    {
        // Unused, and nothing that this project could mend.
        Assert.Empty(Project(Layer.Replace("(width: int)", "(width: int, unused: int = 1)"), User).Run().Diagnostics);
        // A library that this compiler cannot read is one mistake, where it is used.
        var error = Assert.Single(Project(Layer.Replace("relu", "rellu"), User).Run().Diagnostics);
        Assert.StartsWith("/project/User.dlm(3,3): error DLM0802: 'Layer' comes from a referenced library, ", error.ToString());
        Assert.Empty(Project(Layer.Replace("relu", "rellu"), "model User : [B, 8] -> [B, 2] { linear(2) }").Run().Diagnostics);
    }

    [Fact]
    public void TheProjectsOwnComeFirst()
    {
        var project = Project("namespace Project\n" + Layer.Replace("linear(width)", "linear(width) -> linear(width)"), "model User : [B, 8] -> [B, 4] {\n  Layer(4)\n}\n");
        project.Add("Own.dlm", Layer);
        var run = project.Run();
        Assert.Empty(run.Diagnostics);
        Assert.Equal(["Own.g.cs", "User.g.cs"], run.Sources.Keys);
    }

    [Fact]
    public void AnEditOfTheLibraryCompilesItsUsers()
    {
        var project = Project(Layer, User);
        project.Add("Other.dlm", User.Replace("User", "Other").Replace("Layer(4)", "linear(4)").Replace("use Acme.Layers\n", ""));
        project.Run();
        project.Edit("lib/Layer.dlm", Layer.Replace("(x: [B, D])", "(x: [B, 7])"));
        var run = project.Run();
        Assert.StartsWith("/project/User.dlm(3,3): error DLM0208: ", Assert.Single(run.Diagnostics).ToString());
        Assert.Equal(["Other.g.cs"], run.Sources.Keys);
        Assert.DoesNotContain(run.Step<object>(Steps.Inputs), input => ((CompilerInput)input.Value).File.Path.Contains("Other", StringComparison.Ordinal) && input.Reason == IncrementalStepRunReason.Modified);
    }

    [Fact]
    public void AProjectThatOnlyReferencesOneNeedsNoTorchSharp()
    {
        var project = new DlmProject("Project");
        project.AddLibrary("lib/Layer.dlm", Layer, "Acme.Layers");
        project.RemoveTorchSharp();
        Assert.Empty(project.Run().Diagnostics);
    }

    private static DlmProject Project(string layer, string user)
    {
        var project = new DlmProject("Project", ("User.dlm", user));
        project.AddLibrary("lib/Layer.dlm", layer, "Acme.Layers", library);
        return project;
    }
}
