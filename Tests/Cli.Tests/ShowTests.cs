using System.Text.Json;
using Dlm.Cli.Tests.Harness;

namespace Dlm.Cli.Tests;

public sealed class ShowTests
{
    [Theory]
    [InlineData("LeNet5"), InlineData("AlexNet", "--batch", "64"), InlineData("ResNet18"), InlineData("ResNet50", "--depth", "2", "--input", "3x256x256")]
    public void ShowsTheZoo(string model, params string[] options)
    {
        var run = Workplace.RunInZoo(["show", model, .. options]);
        Assert.Equal((0, ""), (run.Status, run.Error));
        Snapshot.Match([(model, run.Text)], "txt", Here(), $"{nameof(ShowsTheZoo)}.{model}");
    }

    [Fact]
    public void ShowsBlocksAndRepeats()
    {
        using var place = Small();
        Snapshot.Match([
            ("folded", place.Run("show", "Stack").Text),
            ("expanded", place.Run("show", "Stack", "--expand", "--arg", "depth=2", "--arg", "classes=3", "--input", "3x33x33").Text),
            ("coloured", place.RunInColor("show", "Stack", "--depth", "1").Text.Replace("\e", "ESC")),
        ]);
    }

    [Theory]
    [InlineData(80), InlineData(100), InlineData(120)]
    public void NoLineOfATableIsWiderThanTheTerminal(int width)
    {
        var lines = Workplace.RunInZoo(width, "show", "ResNet50").Out.Split('\n').TakeWhile(line => line.Length > 0).ToArray();
        Assert.All(lines, line => Assert.True(line.Length <= width, line));
        Assert.Equal(width < 100, !lines[0].Contains("activations"));
    }

    [Fact]
    public void JsonHasEveryStage()
    {
        using var place = Small();
        Snapshot.Match(place.Run("show", "stack.dlm", "--json").Out, "json");
    }

    [Fact]
    public void OpenSizesStayOpenUntilGiven()
    {
        using var place = new Workplace(("a.dlm", "model A : [B, T, 8] -> [B, T, 4] { linear(4) }\n"));
        var open = place.Run("show", "A");
        Assert.Contains("[1, T, 4]", open.Out);
        Assert.Contains("peak memory       ? (give --size T=...)", open.Out);
        var given = place.Run("show", "A", "--size", "T=100", "--batch", "2");
        Assert.Contains("[2, 100, 4]", given.Out);
        Assert.Contains("6,400 for a batch of 2", given.Out);
        Assert.Equal(given.Out, place.Run("show", "A", "--input", "100x8", "--batch", "2").Out);
    }

    [Fact]
    public void ParametersWithoutADefaultAreAskedFor()
    {
        using var place = new Workplace(("a.dlm", "model A(width: int, depth: int) : [B, 8] -> [B, width] { body: repeat depth { linear(width) } }\n"));
        var open = place.Run("show", "A");
        Assert.Contains("parameters        ?\n", open.Out);
        Assert.Contains("peak memory       ? (give --arg width=... --arg depth=...)", open.Out);
        Assert.Contains("parameters        144, 576 B as float32\n", place.Run("show", "A", "--arg", "width=8", "--arg", "depth=2").Out);
    }

    [Theory]
    [InlineData("There is no model 'Stac' below this folder. There are Net, Stack.", "Stac")]
    [InlineData("'.' has 2 models. Name one: .:Net, .:Stack", ".")]
    [InlineData("Stack(depht: 3): 'Stack' has no argument 'depht'. Did you mean 'depth'?", "Stack", "--arg", "depht=3")]
    [InlineData("'--arg depth' is not of the form --arg name=value.", "Stack", "--arg", "depth")]
    [InlineData("'Stack' takes [B, 3, H, W], and --input 1x32x32 has 1 where 3 is.", "Stack", "--input", "1x32x32")]
    [InlineData("'Stack' takes [B, 3, H, W], and --input 32 has 1 sizes. Give 3xHxW.", "Stack", "--input", "32")]
    [InlineData("'Stack' has no open size 'T'. It has B, H, W.", "Stack", "--size", "T=3")]
    [InlineData("'3y' in --input 3y is no size: a size is a whole number above 0.", "Stack", "--input", "3y")]
    [InlineData("--batch is the number of samples, 1 or more.", "Stack", "--batch", "0")]
    public void SaysWhatIsWrong(string message, params string[] arguments)
    {
        using var place = Small();
        Assert.Equal(new CommandRun(2, "", $"dlm: {message}\n"), place.Run(["show", .. arguments]));
    }

    [Fact]
    public void AnInputThatDoesNotFitIsRefusedInTheCompilersWords()
    {
        using var place = new Workplace(("a.dlm", "model A : [B, 3, H, W] -> [B, 8, _, _] { conv(8, 7) }\n"));
        var run = place.Run("show", "A", "--input", "3x5x9");
        Assert.Equal(2, run.Status);
        Assert.StartsWith("dlm: 'A' does not take this input.", run.Error);
        Assert.Contains("smallest image    7 x 7", place.Run("show", "A").Out);
    }

    // From the papers, and computed from these layers by Araujo et al. (2019).
    [Theory]
    [InlineData("AlexNet", 195, 32), InlineData("ResNet18", 435, 32), InlineData("ResNet50", 427, 32), InlineData("LeNet5", 16, 4)]
    public void ReceptiveFieldsAreThePublishedOnes(string model, int pixels, int stride)
    {
        using var json = JsonDocument.Parse(Workplace.RunInZoo("show", model, "--json").Out);
        var field = json.RootElement.GetProperty("receptiveField");
        Assert.Equal((pixels, pixels, stride), (field.GetProperty("height").GetInt32(), field.GetProperty("width").GetInt32(), field.GetProperty("stride").GetInt32()));
    }

    private static Workplace Small() => new(("net.dlm", Sources.Net), ("blocks.dlm", Sources.Blocks), ("stack.dlm", Sources.Stack));

    private static string Here([System.Runtime.CompilerServices.CallerFilePath] string file = "") => file;
}
