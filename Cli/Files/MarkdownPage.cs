using System.Text.RegularExpressions;
using Dlm.Dsl;
using Dlm.Dsl.Formatting;

namespace Dlm.Cli.Files;

/// <summary>A Markdown page with <c>.dlm</c> snippets between <c>```dlm</c> and <c>```</c>.</summary>
internal static partial class MarkdownPage
{
    /// <summary>Whether a path is a page's.</summary>
    public static bool Is(string path) => Path.GetExtension(path).Equals(".md", StringComparison.OrdinalIgnoreCase);

    /// <summary>The page with its snippets formatted. One with mistakes stays as it is: it may be there to show them.</summary>
    public static string Format(string page, FormatOptions options) => Snippet().Replace(page, match =>
        DlmFormatter.Format(DlmCompiler.Parse("snippet.dlm", match.Value), options with { FinalNewline = true }));

    [GeneratedRegex(@"(?<=^```dlm\b[^\n]*\n).*?(?=^```\s*$)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Snippet();
}
