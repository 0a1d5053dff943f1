using System.Text.RegularExpressions;
using Dlm.Cli.Tests.Harness;

namespace Dlm.Cli.Tests;

/// <summary>docs/cli.md shows what the command writes.</summary>
[Collection(Chance.Alone)]
public sealed partial class PageTests
{
    private static readonly string Docs = Path.GetFullPath(Path.Combine(Workplace.Zoo, "..", "docs"));

    [Fact]
    public void ShowsWhatTheCommandWrites()
    {
        var page = File.ReadAllText(Path.Combine(Docs, "cli.md"));
        var shown = Example().Replace(page, match =>
        {
            var run = Workplace.RunInZoo(match.Groups["command"].Value.Split(' ')[1..]);
            return $"{match.Groups["head"].Value}{run.Text.Trim('\n').Replace("\n\n\n", "\n\n")}\n```";
        });
        Assert.Equal(4, Example().Count(page));
        // How many steps a batch takes to be learned depends on the last digits of floats.
        if (Counts().Replace(page, "") != Counts().Replace(shown, "")) Accept("cli.md", page, shown);
    }

    [Fact]
    public void ItsPictureIsUpToDate() =>
        Accept("images/resnet50.svg", File.ReadAllText(Path.Combine(Docs, "images", "resnet50.svg")), Workplace.RunInZoo("draw", "ResNet50").Out);

    [Fact]
    public void NamesEveryCommandAndOption()
    {
        var page = File.ReadAllText(Path.Combine(Docs, "cli.md"));
        using var place = new Workplace();
        foreach (var command in HelpTests.Commands)
        {
            Assert.Contains($"\n## {command.Data}\n", page);
            Assert.All(Option().Matches(place.Run(command.Data, "--help").Out).Select(m => m.Value).Where(o => o is not ("--help" or "--output")), option => Assert.Contains(option, page));
        }
    }

    private static void Accept(string path, string accepted, string now)
    {
        var received = Path.Combine(Docs, Path.ChangeExtension(path, ".received" + Path.GetExtension(path)));
        File.Delete(received);
        if (accepted == now) return;
        File.WriteAllText(received, now);
        Assert.Fail($"docs/{path} is not what the command writes. To accept what it does: eng/accept.sh {Path.GetFileNameWithoutExtension(path)}");
    }

    [GeneratedRegex("(?<head>```sh\n(?<command>dlm [^\n]*)\n```\n\n```text\n).*?```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("(?<=overfitted +)\\d+(?= steps)")]
    private static partial Regex Counts();

    [GeneratedRegex("--[a-z-]+")]
    private static partial Regex Option();
}
