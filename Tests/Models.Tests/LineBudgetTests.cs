namespace Dlm.Models.Tests;

/// <summary>The files are as short as the language promises: lines that are neither blank nor a comment.</summary>
public sealed class LineBudgetTests
{
    [Theory]
    [InlineData("Vision/AlexNet.dlm", 14)]
    [InlineData("Vision/ResNet.dlm", 32)]
    [InlineData("Language/Transformer.dlm", 45)]
    [InlineData("Language/Gpt2.dlm", 28)]
    public void IsShort(string file, int most)
    {
        var count = Lines(Path.Combine(Folder, file)).Count();
        Assert.True(count <= most, $"{file} has {count} lines, its budget is {most}.");
    }

    [Fact]
    public void NoObjectiveHasMoreThan25()
    {
        var objectives = Directory.EnumerateFiles(Folder, "*.dlm", SearchOption.AllDirectories).SelectMany(ObjectivesIn).ToArray();
        Assert.True(objectives.Length >= 15, "The zoo's objectives are not found.");
        Assert.All(objectives, objective => Assert.True(objective.Lines <= 25, $"{objective.Head} has {objective.Lines} lines, its budget is 25."));
    }

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Zoo");

    // From its word to the brace that stands alone, or one line.
    private static IEnumerable<(string Head, int Lines)> ObjectivesIn(string path)
    {
        var lines = Lines(path).ToArray();
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("objective ", StringComparison.Ordinal)) continue;
            var isMember = lines[i].Split(' ') is [_, _, "=", ..];
            var end = isMember ? i : Array.IndexOf(lines, "}", i);
            yield return (lines[i], end - i + 1);
        }
    }

    private static IEnumerable<string> Lines(string path) =>
        File.ReadLines(path).Where(line => line.Trim() is { Length: > 0 } text && !text.StartsWith("//", StringComparison.Ordinal)).Select(line => line.TrimEnd());
}
