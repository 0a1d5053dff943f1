using System.Text.RegularExpressions;

namespace Dlm.Generator.Tests.Harness;

/// <summary>Every model that the repository holds: the zoo, the samples of the baselines, the snippets of the pages.</summary>
internal static partial class Corpus
{
    /// <summary>Their texts, without a namespace of their own; those that compile alone.</summary>
    public static IReadOnlyList<string> Texts { get; } = Files("Models", "*.dlm").Concat(Files("Tests/Baselines", "*.dlm"))
        .Concat(Files("docs", "*.md").SelectMany(page => Snippet().Matches(page).Select(match => match.Groups[1].Value)))
        .Select(text => Namespace().Replace(text, ""))
        .Where(text => !text.Contains("\nuse ", StringComparison.Ordinal) && !text.StartsWith("use ", StringComparison.Ordinal))
        .Distinct()
        .ToList();

    private static IEnumerable<string> Files(string folder, string pattern) => Directory
        .EnumerateFiles(Path.Combine(Dotnet.Repository, folder), pattern, SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal)
        .Select(path => File.ReadAllText(path).ReplaceLineEndings("\n"));

    [GeneratedRegex("^```dlm[^\n]*\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Snippet();

    [GeneratedRegex("^namespace .*\n", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
