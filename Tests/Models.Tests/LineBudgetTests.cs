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
        var lines = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Zoo", file)).Select(line => line.Trim());
        var count = lines.Count(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal));
        Assert.True(count <= most, $"{file} has {count} lines, its budget is {most}.");
    }
}
