namespace Dlm.Generator.Tests.Harness;

/// <summary>The models of this repository, as files of a project in memory.</summary>
internal static class Zoo
{
    /// <summary>LeNet-5, the smallest.</summary>
    public static (string Path, string Text) LeNet5 { get; } = Read("Vision/LeNet5.dlm");

    /// <summary>AlexNet, which has groups.</summary>
    public static (string Path, string Text) AlexNet { get; } = Read("Vision/AlexNet.dlm");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<(string Path, string Text)> All { get; } = Directory
        .EnumerateFiles(Folder, "*.dlm", SearchOption.AllDirectories)
        .Select(path => Read(Path.GetRelativePath(Folder, path).Replace('\\', '/')))
        .OrderBy(file => file.Path, StringComparer.Ordinal)
        .ToList();

    private static string Folder => Path.Combine(Dotnet.Repository, "Models");

    private static (string Path, string Text) Read(string path) =>
        (path, File.ReadAllText(Path.Combine(Folder, path)).ReplaceLineEndings("\n"));
}
