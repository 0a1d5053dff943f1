using Dlm.Dsl;
using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Formatting;

namespace Dlm.Docs.Tests;

/// <summary>What the pages show is true: every snippet compiles, and every message is the compiler's.</summary>
public sealed class SnippetTests
{
    [Theory, MemberData(nameof(Repository.Pages), MemberType = typeof(Repository))]
    public void DlmCompiles(string path)
    {
        var page = Page.Read(path);
        Assert.Equal("", string.Join("\n", SnippetCompiler.CompileDlm(RightDlm(page)).Diagnostics));
        Assert.Equal("", SnippetCompiler.CompileCSharp(null, ModelsOf(page)));
    }

    [Theory, MemberData(nameof(Repository.Pages), MemberType = typeof(Repository))]
    public void WrongDlmGivesTheMessageShown(string path)
    {
        var page = Page.Read(path);
        if (!page.Snippets.Any(snippet => snippet.IsWrong)) return;
        var text = page.Text;
        // From the end, so that the places of those before stay true.
        for (var i = page.Snippets.Count - 1; i >= 0; i--)
        {
            if (page.Snippets[i] is not { Language: "dlm", IsWrong: true } wrong) continue;
            var diagnostics = SnippetCompiler.CompileDlm(wrong).Diagnostics;
            Assert.True(diagnostics.Any(d => d.Severity == Severity.Error), $"{path}({wrong.Line}): this compiles.");
            if (page.Snippets.ElementAtOrDefault(i + 1) is not { Language: "text" } shown) continue;
            text = text.Remove(shown.Start, shown.Text.Length).Insert(shown.Start, string.Concat(diagnostics.Select(diagnostic => diagnostic + "\n")));
        }
        Repository.Accepted(path, text);
    }

    [Theory, MemberData(nameof(Repository.Pages), MemberType = typeof(Repository))]
    public void CSharpCompiles(string path)
    {
        var page = Page.Read(path);
        var models = ModelsOf(page);
        Assert.All(page.Snippets.Where(snippet => snippet.Language == "csharp" && !CompletesModels(snippet)), snippet =>
            Assert.Equal("", SnippetCompiler.CompileCSharp(snippet, models)));
    }

    [Theory, MemberData(nameof(Repository.Pages), MemberType = typeof(Repository))]
    public void EverySnippetIsOfAKindThatIsChecked(string path)
    {
        string[] kinds = ["dlm", "csharp", "text", "sh", "xml"];
        Assert.All(Page.Read(path).Snippets, snippet => Assert.Contains(snippet.Language, kinds));
        // A fence that the pattern does not see would go unchecked.
        Assert.Equal(2 * Page.Read(path).Snippets.Count, Page.Read(path).Text.Split('\n').Count(line => line.TrimStart().StartsWith("```", StringComparison.Ordinal)));
    }

    [Theory, MemberData(nameof(Repository.Pages), MemberType = typeof(Repository))]
    public void DlmIsFormatted(string path) => Assert.All(Page.Read(path).Snippets.Where(snippet => snippet.Language == "dlm"), snippet =>
        Assert.True(
            DlmFormatter.Format(DlmCompiler.Parse(snippet.FileName, snippet.Text)) == snippet.Text,
            $"{path}({snippet.Line}) is not formatted; this does it: dotnet run --project Cli -- fmt {path}"));

    [Fact]
    public void AWrongSnippetWouldBeSeen()
    {
        Assert.NotEmpty(SnippetCompiler.CompileDlm(new Snippet("dlm", "", "model A : [B, 4] -> [B, 2] { linaer(2) }\n", 0, 1)).Diagnostics);
        Assert.NotEmpty(SnippetCompiler.CompileCSharp(new Snippet("csharp", "fragment (Tensor x)", "x.no_such_method();", 0, 1), []));
        Assert.Equal("", SnippetCompiler.CompileCSharp(new Snippet("csharp", "fragment (Tensor x)", "x.relu();", 0, 1), []));
        Assert.NotEmpty(SnippetCompiler.CompileCSharp(new Snippet("csharp", "", "int unused = nothing;", 0, 1), []));
    }

    private static IEnumerable<Snippet> RightDlm(Page page) => page.Snippets.Where(snippet => snippet is { Language: "dlm", IsWrong: false });

    // What the page's models become, with the C# that completes them.
    private static IReadOnlyList<string> ModelsOf(Page page) =>
        [.. SnippetCompiler.CompileDlm(RightDlm(page)).CSharp, .. page.Snippets.Where(CompletesModels).Select(snippet => snippet.Text)];

    private static bool CompletesModels(Snippet snippet) => snippet is { Language: "csharp", Words: "models" };
}
