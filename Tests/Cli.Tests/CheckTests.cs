using System.Text.Json;
using System.Text.RegularExpressions;
using Dlm.Cli.Tests.Harness;
using Dlm.Dsl;
using Dlm.Dsl.Diagnostics;

namespace Dlm.Cli.Tests;

public sealed partial class CheckTests
{
    [Fact]
    public void SoundFilesEndWithZero()
    {
        using var place = new Workplace(("a.dlm", Sources.Net));
        Assert.Equal(new CommandRun(0, "1 file checked: no errors.\n", ""), place.Run("check"));
    }

    [Fact]
    public void ErrorsAreShownAsABuildShowsThem()
    {
        using var place = new Workplace(("a.dlm", Sources.Net), ("sub/wrong.dlm", Sources.Wrong));
        var run = place.Run("check");
        var expected = DlmCompiler.Elaborate(DlmCompiler.Parse("sub/wrong.dlm", Sources.Wrong)).Diagnostics;
        Assert.Equal((1, $"{string.Join("\n\n", expected)}\n\n2 files checked: 1 error, 0 warnings.\n"), (run.Status, run.Out));
    }

    [Fact]
    public void WarningsAloneAreNoFailureUnlessAsked()
    {
        using var place = new Workplace(("a.dlm", "model A(unused: int = 1) : [B, 4] -> [B, 2] { linear(2) }\n"));
        Assert.Equal(0, place.Run("check").Status);
        var strict = place.Run("check", "--warnings-as-errors");
        Assert.Equal(1, strict.Status);
        Assert.Contains("a.dlm(1,9): error DLM0110", strict.Out);
    }

    [Fact]
    public void FilesOfAProjectSeeEachOther()
    {
        using var place = new Workplace(("p.csproj", "<Project />"), ("blocks.dlm", Sources.Blocks), ("nets/stack.dlm", Sources.Stack));
        Assert.Equal("1 file checked: no errors.\n", place.Run("check", "nets/stack.dlm").Out);
    }

    [Fact]
    public void AProjectSeesTheBlocksOfThoseItRefersTo()
    {
        using var place = new Workplace(
            ("lib/Lib.csproj", "<Project />"), ("lib/blocks.dlm", "block Wide(width: int) : (x: [B, D]) -> [B, width] { linear(width) }\n"),
            ("mid/Mid.csproj", "<Project><ItemGroup><ProjectReference Include=\"..\\lib\\Lib.csproj\" /></ItemGroup></Project>"),
            ("app/App.csproj", "<Project><ItemGroup><ProjectReference Include=\"../mid/Mid.csproj\" /></ItemGroup></Project>"),
            ("app/net.dlm", "use Lib\n\nmodel Net : [B, 4] -> [B, 2] { Wide(2) }\n"));
        Assert.Equal("1 file checked: no errors.\n", place.Run("check", "app").Out);
        Assert.Contains("Wide(width: 2)", place.Run("show", "app:Net").Out);
    }

    [Fact]
    public void FoldersSkipWhatBuildsLeaveBehind()
    {
        using var place = new Workplace(("a.dlm", Sources.Net), ("obj/b.dlm", Sources.Wrong), ("x/bin/c.dlm", Sources.Wrong), (".git/d.dlm", Sources.Wrong), ("artifacts/e.dlm", Sources.Wrong));
        Assert.Equal("1 file checked: no errors.\n", place.Run("check", ".").Out);
    }

    [Theory]
    [InlineData("*.dlm", 1), InlineData("**/*.dlm", 3), InlineData("s*/*.dlm", 2), InlineData("sub/{b,c}.dlm", 2), InlineData("sub/?.dlm", 2)]
    public void PatternsChooseFiles(string pattern, int count)
    {
        using var place = new Workplace(("a.dlm", "namespace A\n"), ("sub/b.dlm", "namespace B\n"), ("sub/c.dlm", "namespace C\n"));
        Assert.StartsWith($"{count} file", place.Run("check", pattern).Out);
    }

    [Theory]
    [InlineData("none.dlm", "'none.dlm' is no file and no folder."), InlineData("x/*.dlm", "'x/*.dlm' matches no file: there is no folder 'x/'."), InlineData("*.dlx", "'*.dlx' matches no .dlm file."), InlineData("empty", "There is no .dlm file in 'empty'.")]
    public void WhatIsNotThereEndsWithTwo(string path, string message)
    {
        using var place = new Workplace(("a.dlm", Sources.Net), ("empty/readme.txt", ""));
        Assert.Equal(new CommandRun(2, "", $"dlm: {message}\n"), place.Run("check", path));
    }

    [Fact]
    public void JsonHasEveryDiagnostic()
    {
        using var place = new Workplace(("wrong.dlm", Sources.Wrong));
        // What the compiler says is its own affair.
        Snapshot.Match(Message().Replace(place.Run("check", "--json").Out, "\"message\": \"...\""), "json");
    }

    [Fact]
    public void SarifNamesEveryRuleAndPointsAtResults()
    {
        using var place = new Workplace(("a b.dlm", Sources.Wrong));
        Assert.Equal(1, place.Run("check", "--sarif", "log.sarif").Status);
        using var log = JsonDocument.Parse(place.Read("log.sarif"));
        var run = log.RootElement.GetProperty("runs")[0];
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules");
        Assert.Equal(DiagnosticKind.All.Select(kind => kind.Id), rules.EnumerateArray().Select(rule => rule.GetProperty("id").GetString()));
        Assert.All(rules.EnumerateArray(), rule => Assert.StartsWith($"# {rule.GetProperty("id").GetString()}", rule.GetProperty("help").GetProperty("markdown").GetString()));
        Assert.All(run.GetProperty("results").EnumerateArray(), result =>
            Assert.Equal(result.GetProperty("ruleId").GetString(), rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString()));
        var first = run.GetProperty("results")[0].GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal("a%20b.dlm", first.GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal(5, first.GetProperty("region").GetProperty("startLine").GetInt32());
    }

    [Fact]
    public void ColoursAreForTerminals()
    {
        using var place = new Workplace(("wrong.dlm", Sources.Wrong));
        Assert.DoesNotContain('\e', place.Run("check").Out);
        Assert.Contains("\e[31merror DLM0201:", place.RunInColor("check").Out);
    }

    [Theory]
    [InlineData(false, null, null, true), InlineData(true, null, null, false), InlineData(false, "1", null, false), InlineData(false, "", null, true), InlineData(false, null, "dumb", false)]
    public void ColoursAreForThoseWhoWantThem(bool isRedirected, string? noColor, string? terminal, bool expected) =>
        Assert.Equal(expected, CommandHost.TakesColor(isRedirected, name => name switch { "NO_COLOR" => noColor, "TERM" => terminal, _ => null }));

    [GeneratedRegex("\"message\": \".*\"")]
    private static partial Regex Message();
}
