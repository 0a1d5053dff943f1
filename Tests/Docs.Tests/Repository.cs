using System.Runtime.CompilerServices;

namespace Dlm.Docs.Tests;

/// <summary>The repository that the tests were built in.</summary>
internal static class Repository
{
    /// <summary>Its root.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", ".."));

    /// <summary>
    /// Every page: the README and what is in docs, by its path from the root; but for a diagnostic's page, which is in the hands
    /// of the compiler's own tests.
    /// </summary>
    public static TheoryData<string> Pages =>
    [
        "README.md",
        .. Directory.EnumerateFiles(Full("docs"), "*.md", SearchOption.AllDirectories)
            .Select(Relative)
            .Where(path => !path.EndsWith(".received.md", StringComparison.Ordinal) && !path.StartsWith("docs/diagnostics/DLM", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The full path of one that is given from the root.</summary>
    public static string Full(string path) => Path.Combine(Root, path);

    /// <summary>A path from the root, with slashes.</summary>
    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    /// <summary>
    /// Fails where a page that is written by a test, in whole or in part, is not <paramref name="text"/>. The page is its own
    /// snapshot: <c>eng/accept.sh</c> puts what was received in its place.
    /// </summary>
    public static void Accepted(string path, string text)
    {
        var received = Path.ChangeExtension(path, ".received.md");
        File.Delete(Full(received));
        if (File.Exists(Full(path)) && File.ReadAllText(Full(path)) == text) return;
        File.WriteAllText(Full(received), text);
        Assert.Fail($"{path} is not what the compiler says; see {received}. To accept it: eng/accept.sh {Path.GetFileNameWithoutExtension(path)}");
    }

    private static string Here([CallerFilePath] string file = "") => file;
}
