using System.Text.RegularExpressions;

namespace Dlm.Docs.Tests;

/// <summary>docs/codebase.md is the map of the tree as it is: nothing on it is missing, and no stage is missing from it.</summary>
public sealed partial class CodebaseTests
{
    private static readonly Lazy<string[]> Named = new(() =>
        [.. Link().Matches(Page.Read("docs/codebase.md").Prose).Select(match => match.Groups["path"].Value.TrimEnd('/'))]);

    [Fact]
    public void NamesEveryProject()
    {
        var projects = Project().Matches(File.ReadAllText(Repository.Full("Compiler.sln")))
            .Select(match => match.Groups["folder"].Value.Replace('\\', '/'))
            .ToArray();
        Assert.NotEmpty(projects);
        Assert.Empty(projects.Except(Named.Value));
    }

    [Fact]
    public void NamesEveryStage()
    {
        string[] stages = ["Dsl", "Runtime"];
        var folders = stages
            .SelectMany(stage => Directory.EnumerateDirectories(Repository.Full(stage)))
            .Where(folder => Directory.EnumerateFiles(folder, "*.cs").Any())
            .Select(Repository.Relative)
            .Order(StringComparer.Ordinal)
            .ToArray();
        Assert.Contains("Dsl/Syntax", folders);
        Assert.Empty(folders.Except(Named.Value));
    }

    [GeneratedRegex(@"\]\(\.\./(?<path>[^)\s#]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("\"(?<folder>[^\"]+)[\\\\/][^\"\\\\/]+\\.csproj\"")]
    private static partial Regex Project();
}
