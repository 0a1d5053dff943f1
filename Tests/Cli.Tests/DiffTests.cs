using Dlm.Cli.Tests.Harness;

namespace Dlm.Cli.Tests;

public sealed class DiffTests
{
    private const string Before = """
        model A : [B, 3, 32, 32] -> [B, 10] {
          body: {
            conv(8, 3) -> relu
            conv(16, 3) -> relu
          }
          flatten -> head: linear(10)
        }

        """;

    private const string After = """
        model A : [B, 3, 32, 32] -> [B, 10] {
          body: {
            conv(8, 3) -> batchnorm -> relu
            conv(16, 5, pad: 1) -> gelu
          }
          global_avgpool
          flatten -> head: linear(10)
        }

        """;

    [Fact]
    public void SaysWhatChanged()
    {
        using var place = new Workplace(("before.dlm", Before), ("sub/after.dlm", After));
        var run = place.Run("diff", "before.dlm", "sub/after.dlm");
        Assert.Equal(1, run.Status);
        Snapshot.Match(run.Text);
    }

    [Fact]
    public void JsonSaysItToo()
    {
        using var place = new Workplace(("before.dlm", Before), ("sub/after.dlm", After));
        Snapshot.Match(place.Run("diff", "before.dlm:A", "sub/after.dlm:A", "--json").Out, "json");
    }

    [Fact]
    public void TheSameModelTwiceEndsWithZero() =>
        Assert.Equal(new CommandRun(0, "ResNet50 (Vision/ResNet.dlm) -> ResNet50 (Vision/ResNet.dlm)\nNo stage differs.\n", ""), Workplace.RunInZoo("diff", "ResNet50", "ResNet50"));

    [Fact]
    public void ADeeperNetHasMoreOfTheSame()
    {
        var run = Workplace.RunInZoo("diff", "ResNet18", "ResNet34");
        string[] added = [.. run.Text.Split('\n').Where(line => line.StartsWith("  +", StringComparison.Ordinal)).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1])];
        Assert.Equal(["layer1.2", "layer2.2", "layer2.3", "layer3.2", "layer3.3", "layer3.4", "layer3.5", "layer4.2"], added);
        Assert.DoesNotContain("\n  ~", run.Text);
        Assert.DoesNotContain("\n  -", run.Text);
    }
}
