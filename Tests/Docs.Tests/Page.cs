using System.Text.RegularExpressions;

namespace Dlm.Docs.Tests;

/// <summary>
/// A Markdown page and its fenced snippets. Behind the language, a fence may say what it is:
/// <c>```dlm wrong</c> does not compile, and the <c>```text</c> fence behind it holds the compiler's very words;
/// <c>```dlm lenet.dlm</c> is a file of that name; <c>```csharp fragment (Tensor x)</c> is a piece of a method
/// of those parameters.
/// </summary>
internal sealed partial class Page
{
    private Page(string path, string text)
    {
        Path = path;
        Text = text;
        Snippets = [.. Fence().Matches(text).Select(match => new Snippet(
            match.Groups["language"].Value,
            match.Groups["words"].Value.Trim(),
            match.Groups["text"].Value,
            match.Groups["text"].Index,
            text.AsSpan(0, match.Index).Count('\n') + 1))];
    }

    /// <summary>Its path from the root.</summary>
    public string Path { get; }

    /// <summary>All of it.</summary>
    public string Text { get; }

    /// <summary>Its fenced snippets, in order.</summary>
    public IReadOnlyList<Snippet> Snippets { get; }

    /// <summary>The page without its snippets.</summary>
    public string Prose => Fence().Replace(Text, "");

    /// <summary>Reads a page.</summary>
    public static Page Read(string path) => new(path, File.ReadAllText(Repository.Full(path)));

    [GeneratedRegex("^```(?<language>[a-z]+)(?<words>[^\n]*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}

/// <summary>A fenced snippet.</summary>
/// <param name="Language">dlm, csharp, text, ...</param>
/// <param name="Words">What else the fence says.</param>
/// <param name="Text">What is between the fences.</param>
/// <param name="Start">Where that begins in the page.</param>
/// <param name="Line">The line of the page where it begins.</param>
internal sealed record Snippet(string Language, string Words, string Text, int Start, int Line)
{
    /// <summary>Whether it is an example of what does not compile.</summary>
    public bool IsWrong => Words.Split(' ').Contains("wrong");

    /// <summary>Whether it is a piece of a method.</summary>
    public bool IsFragment => Words.StartsWith("fragment", StringComparison.Ordinal);

    /// <summary>The name of its file.</summary>
    public string FileName =>
        Words.Split(' ').FirstOrDefault(word => word.EndsWith(".dlm", StringComparison.Ordinal)) ?? (IsWrong ? "page.dlm" : $"line {Line}.dlm");
}
