using Dlm.Runtime.Data;

namespace Dlm.Samples;

/// <summary>Where data sets are: the folder that the command line or <c>DLM_DATA</c> names, or one in it with the data set's name.</summary>
internal static class DataFolder
{
    private const string Variable = "DLM_DATA";

    /// <summary>The folder of a data set, or null where nobody has named one.</summary>
    /// <param name="given">What <c>--data</c> says.</param>
    /// <param name="name">The data set's folder in a collection: <c>mnist</c>, <c>cifar10</c>, <c>text</c>, <c>multi30k</c>, <c>sst2</c>, <c>weights</c>.</param>
    public static string? Find(string? given, string name)
    {
        string? root = given ?? (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : null);
        if (root is null) return null;
        string inside = Path.Combine(root, name);
        return Directory.Exists(inside) ? inside : root;
    }

    /// <summary>The folder of a data set that is on no mirror.</summary>
    /// <exception cref="DataFileException">Nobody has named one.</exception>
    public static string Require(string? given, string name, string repair) =>
        Find(given, name) ?? throw new DataFileException(name, "nothing says where it is", $"{repair} Then give --data <folder>, or set {Variable} to a folder that has it as {name}.");
}
