namespace Dlm.Tests;

/// <summary>Real data sets and weights, which the repository does not hold: in the folder that DLM_DATA names, or in shared/data here or beside.</summary>
internal static class SharedData
{
    private const string Variable = "DLM_DATA";

    /// <summary>The path of a file or folder, or a skipped test that says what is missing.</summary>
    public static string PathOrSkip(string relative)
    {
        string? found = Places().Select(place => Path.Combine(place, relative)).FirstOrDefault(Path.Exists);
        Assert.SkipWhen(found is null, $"There is no {relative} here: set {Variable} to a folder that has it.");
        return found!;
    }

    private static IEnumerable<string> Places()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named) yield return named;
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent) yield return Path.Combine(folder.FullName, "shared", "data");
    }
}
