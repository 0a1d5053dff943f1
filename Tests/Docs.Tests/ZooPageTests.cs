using Dlm.Zoo.Systems;

namespace Dlm.Docs.Tests;

/// <summary>docs/zoo.md says what the models are and what was measured, of every model and every sample.</summary>
public sealed class ZooPageTests
{
    private const string Repair = "It is written by: dotnet run --project Zoo";

    [Fact]
    public void IsWhatTheCompilerAndTheSamplesSay() =>
        Assert.True(Page("zoo.md") == Zoo.Page.Write(Repository.Root), $"docs/zoo.md is not what it would be. {Repair}");

    [Fact]
    public void DrawsTheModelsAsTheyAre() =>
        Assert.All(Zoo.Page.Draw(Repository.Root), drawing => Assert.True(Page(drawing.Path) == drawing.Svg, $"docs/{drawing.Path} is not what it would be. {Repair}"));

    [Fact]
    public void TellsOfEveryModel()
    {
        var told = Catalogue.All.SelectMany(system => system.Counted).Select(counted => counted.Name).ToHashSet(StringComparer.Ordinal);
        var models = typeof(Models.Vision.LeNet5).Assembly.GetExportedTypes().Where(type => type.GetField("ParameterCount") is not null).Select(type => type.Name).ToArray();
        Assert.Contains("LeNet5", models);
        Assert.Empty(models.Except(told));
    }

    [Fact]
    public void EverySystemHasAKeyOfItsOwn() => Assert.Equal(Catalogue.All.Count(), Catalogue.All.Select(system => system.Key).Distinct().Count());

    private static string Page(string path) => File.Exists(Repository.Full($"docs/{path}")) ? File.ReadAllText(Repository.Full($"docs/{path}")) : "";
}
