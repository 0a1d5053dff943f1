using System.Runtime.CompilerServices;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Tests.Harness;

/// <summary>The files of the repository that tests read.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Every model of the zoo: its path from the root, with slashes, and its text.</summary>
    public static IReadOnlyList<(string Path, string Text)> Zoo { get; } = Read("Models");

    /// <summary>The files of the zoo that one of them depends on.</summary>
    public static EquatableArray<ParsedFile> ImportsOf(string path) => Index.ImportsOf(path).Select(p => Parsed[p]).ToEquatableArray();

    /// <summary>The samples of the baselines, good and broken.</summary>
    public static IReadOnlyList<(string Path, string Text)> Samples { get; } = Read("Tests/Baselines");

    /// <summary>A file, named from the root.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static Dictionary<string, ParsedFile> Parsed { get; } = Zoo.ToDictionary(f => f.Path, f => DlmCompiler.Parse(f.Path, f.Text));

    private static ProjectIndex Index { get; } = new(Parsed.Values.Select(DlmCompiler.Summarize).ToEquatableArray(), "Project");

    private static (string, string)[] Read(string folder) => Directory
        .EnumerateFiles(PathOf(folder.Split('/')), "*.dlm", SearchOption.AllDirectories)
        .Select(path => (Path.GetRelativePath(Root, path).Replace('\\', '/'), File.ReadAllText(path)))
        .Where(file => !file.Item1.Split('/').Any(part => part is "bin" or "obj" or "artifacts"))
        .OrderBy(file => file.Item1, StringComparer.Ordinal)
        .ToArray();

    private static string FindRoot([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));
}
