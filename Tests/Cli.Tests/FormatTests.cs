using Dlm.Cli.Tests.Harness;

namespace Dlm.Cli.Tests;

public sealed class FormatTests
{
    private const string Untidy = "model A:[B,4]->[B,2]{\nlinear( 2 )}\n";
    private const string Tidy = "model A : [B, 4] -> [B, 2] {\n  linear(2)\n}\n";

    [Fact]
    public void FormatsFilesInTheirPlace()
    {
        using var place = new Workplace(("a.dlm", Untidy), ("sub/b.dlm", Tidy));
        Assert.Equal(new CommandRun(0, "formatted a.dlm\n", "1 file formatted, 1 unchanged.\n"), place.Run("fmt"));
        Assert.Equal(Tidy, place.Read("a.dlm"));
        Assert.Equal(new CommandRun(0, "", "0 files formatted, 2 unchanged.\n"), place.Run("fmt"));
    }

    [Fact]
    public void CheckChangesNothing()
    {
        using var place = new Workplace(("a.dlm", Untidy), ("b.dlm", Tidy));
        Assert.Equal(new CommandRun(1, "a.dlm\n", "1 file to format, 1 formatted.\n"), place.Run("fmt", "--check"));
        Assert.Equal(Untidy, place.Read("a.dlm"));
        Assert.Equal(0, place.Run("fmt", "--check", "b.dlm").Status);
    }

    [Fact]
    public void BrokenFilesAreLeftAlone()
    {
        var broken = Untidy.Replace("}", "");
        using var place = new Workplace(("a.dlm", broken));
        var run = place.Run("fmt");
        Assert.Equal((1, broken), (run.Status, place.Read("a.dlm")));
        Assert.Contains("a.dlm(1,21): error DLM0006", run.Error);
        Assert.EndsWith("0 files formatted, 0 unchanged, 1 left alone because of its errors.\n", run.Error);
    }

    [Fact]
    public void ReadsStandardInput()
    {
        using var place = new Workplace();
        Assert.Equal(new CommandRun(0, Tidy, ""), place.RunWith(Untidy, "fmt", "-"));
        Assert.Equal(1, place.RunWith(Untidy, "fmt", "-", "--check").Status);
    }

    [Fact]
    public void FollowsEditorConfig()
    {
        using var place = new Workplace(
            (".editorconfig", "root = true\n[*]\nindent_size = 8\nend_of_line = crlf\n[*.{dlm,txt}]\nindent_size = 3\n[sub/**.dlm]\nindent_style = tab\n"),
            ("a.dlm", Untidy),
            ("sub/b.dlm", Untidy),
            ("sub/c/.editorconfig", "[*.dlm]\nmax_line_length = 20\ninsert_final_newline = false\n"),
            ("sub/c/d.dlm", Untidy));
        place.Run("fmt");
        Assert.Equal("model A : [B, 4] -> [B, 2] {\r\n   linear(2)\r\n}\r\n", place.Read("a.dlm"));
        Assert.Equal("model A : [B, 4] -> [B, 2] {\r\n\tlinear(2)\r\n}\r\n", place.Read("sub/b.dlm"));
        Assert.Equal("model A\r\n\t\t: [B, 4]\r\n\t\t-> [B, 2] {\r\n\tlinear(2)\r\n}", place.Read("sub/c/d.dlm"));
    }

    [Fact]
    public void FormatsTheSnippetsOfAPage()
    {
        using var place = new Workplace(("a.md", $"# Page\n\n```dlm net.dlm\n{Untidy}```\n\n```sh\nls   -l\n```\n\n```dlm wrong\nmodel   A\n```\n"));
        Assert.Equal(0, place.Run("fmt", "a.md").Status);
        Assert.Equal($"# Page\n\n```dlm net.dlm\n{Tidy}```\n\n```sh\nls   -l\n```\n\n```dlm wrong\nmodel   A\n```\n", place.Read("a.md"));
    }
}
