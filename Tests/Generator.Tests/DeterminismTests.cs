using System.Globalization;
using Dlm.Generator.Tests.Harness;

namespace Dlm.Generator.Tests;

/// <summary>The same files give the same bytes.</summary>
public sealed class DeterminismTests
{
    private static readonly (string, string)[] files =
    [
        Zoo.LeNet5,
        Zoo.AlexNet,
        ("Bad.dlm", "model Bad : [B, 4] -> [B, 2] {\n  lineer(2)\n}\n"),
    ];

    private static readonly string expected = Everything(files);

    [Fact]
    public void Twice() => Assert.Equal(expected, Everything(files));

    [Fact]
    public void InAnyOrder() => Assert.Equal(expected, Everything(files.Reverse()));

    [Fact]
    public void InAnotherCulture()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NegativeSign = "minus";
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = culture;
            Assert.Equal(expected, Everything(files));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void LinesEndWithOneCharacter()
    {
        Assert.DoesNotContain("\r", expected);
        Assert.DoesNotContain("\r", Everything(files.Select(file => (file.Item1, file.Item2.ReplaceLineEndings("\r\n")))));
    }

    private static string Everything(IEnumerable<(string, string)> files)
    {
        var run = new DlmProject(files).Run();
        var sources = run.Sources.Select(source => $"{source.Key}\n{source.Value}");
        var diagnostics = run.Diagnostics.Select(diagnostic => diagnostic.ToString()).Order(StringComparer.Ordinal);
        Assert.Equal(2, sources.Count());
        Assert.NotEmpty(diagnostics);
        return string.Join("\n", sources.Concat(diagnostics));
    }
}
