using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Tests.Harness;

namespace Dlm.Dsl.Tests.Diagnostics;

/// <summary>Every kind of diagnostic has a page in docs/diagnostics whose code gives it.</summary>
public sealed class CatalogueTests
{
    private const string Template = """
        # DLMnnnn: title

        What it means, and what to do.

        ## Wrong

        ```dlm
        ```

        ```text
        ```

        ## Right

        ```dlm
        ```

        """;

    // What no short piece of code gives: a project without TorchSharp or Dlm.Runtime, a library that is broken, more than a hundred mistakes, a fault of the compiler's.
    private static readonly string[] WithoutCode = ["DLM0801", "DLM0802", "DLM0803", "DLM0903", "DLM0999"];

    private static readonly string Folder = Repository.PathOf("docs", "diagnostics");

    public static TheoryData<string> Ids() => [.. DiagnosticKind.All.Select(kind => kind.Id).Where(id => File.Exists(PathOf(id)))];

    public static TheoryData<string> IdsWithCode() => [.. Ids().Select(row => row.Data).Except(WithoutCode)];

    [Fact]
    public void IdsAreUniqueAndWellFormed()
    {
        Assert.All(DiagnosticKind.All, kind => Assert.Matches(@"^DLM\d{4}$", kind.Id));
        Assert.Equal(DiagnosticKind.All.Count, DiagnosticKind.All.Select(kind => kind.Id).Distinct().Count());
        Assert.Equal(DiagnosticKind.All.Count, DiagnosticKind.All.Select(kind => kind.Title).Distinct().Count());
    }

    [Fact]
    public void EveryKindHasAPageAndEveryPageAKind()
    {
        var kinds = DiagnosticKind.All.Select(kind => kind.Id).ToArray();
        var pages = Directory.EnumerateFiles(Folder, "DLM????.md").Select(path => Path.GetFileNameWithoutExtension(path)!).ToArray();
        var missing = kinds.Except(pages).Order(StringComparer.Ordinal).ToArray();
        Assert.True(
            missing.Length == 0,
            $"No page for {string.Join(", ", missing)}. Write docs/diagnostics/DLMnnnn.md in this form; the compiler fills in title and message "
            + $"(run this test again, then eng/accept.sh DLMnnnn):\n\n{Template}");
        var stale = pages.Except(kinds).Order(StringComparer.Ordinal).ToArray();
        Assert.True(stale.Length == 0, $"No kind of diagnostic has the id {string.Join(", ", stale)}: delete the page.");
    }

    [Theory, MemberData(nameof(Ids))]
    public void PageShowsWhatTheCompilerSays(string id) => PageOf(id).Match();

    [Theory, MemberData(nameof(IdsWithCode))]
    public void WrongCodeGivesExactlyThis(string id)
    {
        Assert.True(PageOf(id).Wrong is not null, "The page has no '## Wrong' with a dlm block.");
        Assert.Equal([id], PageOf(id).Mistakes.Select(d => d.Id));
    }

    [Theory, MemberData(nameof(IdsWithCode))]
    public void RightCodeIsClean(string id)
    {
        Assert.True(PageOf(id).Right is not null, "The page has no '## Right' with a dlm block.");
        var compiled = Compiling.Compile(PageOf(id).Right!);
        Assert.Empty(compiled.Diagnostics);
        Assert.Single(compiled.Sources);
    }

    [Fact]
    public void TheListOfPagesIsComplete()
    {
        var path = Path.Combine(Folder, "README.md");
        var received = Path.ChangeExtension(path, ".received.md");
        File.Delete(received);
        var text = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        var head = text.Contains("\n| ", StringComparison.Ordinal) ? text[..(text.IndexOf("\n| ", StringComparison.Ordinal) + 1)] : "# Diagnostics\n\n";
        var rows = DiagnosticKind.All.Select(kind => $"| [{kind.Id}]({kind.Id}.md) | {kind.Severity.ToString().ToLowerInvariant()} | {kind.Title} |\n");
        var expected = $"{head}| id | severity | what |\n|---|---|---|\n{string.Concat(rows)}";
        if (expected == text) return;
        File.WriteAllText(received, expected);
        Assert.Fail("docs/diagnostics/README.md does not list what there is. To let the compiler write its table: eng/accept.sh README");
    }

    private static DiagnosticPage PageOf(string id) => new(DiagnosticKind.All.Single(kind => kind.Id == id), PathOf(id));

    private static string PathOf(string id) => Path.Combine(Folder, $"{id}.md");
}
