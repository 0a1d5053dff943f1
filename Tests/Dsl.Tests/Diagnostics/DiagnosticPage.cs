using System.Text.RegularExpressions;
using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Tests.Harness;

namespace Dlm.Dsl.Tests.Diagnostics;

/// <summary>
/// A page of docs/diagnostics: a title, an explanation, code that is wrong, the message it gives, code that is right.
/// Title and message are written by the compiler itself, so that a page cannot lie.
/// </summary>
internal sealed partial class DiagnosticPage(DiagnosticKind kind, string path)
{
    private readonly string text = File.ReadAllText(path).ReplaceLineEndings("\n");

    public string? Wrong => Snippet("Wrong");

    public string? Right => Snippet("Right");

    /// <summary>What the wrong code gives.</summary>
    public IReadOnlyList<Diagnostic> Mistakes => Compiling.Compile(Wrong!, $"{kind.Id}.dlm").Diagnostics;

    /// <summary>Fails where title or message are not what the compiler says, and leaves the page as it should be to accept.</summary>
    public void Match()
    {
        var received = Path.ChangeExtension(path, ".received.md");
        File.Delete(received);
        var expected = Title().Replace(text, _ => $"# {kind.Id}: {kind.Title}\n", 1);
        if (Wrong is not null) expected = Message().Replace(expected, _ => $"```text\n{string.Join("\n", Mistakes).ReplaceLineEndings("\n")}\n```\n", 1);
        if (expected == text) return;
        File.WriteAllText(received, expected);
        Assert.Fail($"docs/diagnostics/{kind.Id}.md does not show what the compiler says. To let it write title and message: eng/accept.sh {kind.Id}");
    }

    private string? Snippet(string section)
    {
        var match = Regex.Match(text, $"^## {section}\n\n```dlm\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline);
        return match.Success ? match.Groups[1].Value : null;
    }

    [GeneratedRegex(@"\A# .*\n")]
    private static partial Regex Title();

    [GeneratedRegex(@"^```text\n(.*\n)*?```\n", RegexOptions.Multiline)]
    private static partial Regex Message();
}
