using System.Reflection;

namespace Dlm.Cli;

/// <summary>What the program brings along.</summary>
internal static class Resource
{
    /// <summary>A text; null where there is none of that name.</summary>
    public static string? Read(string name)
    {
        using var stream = typeof(Resource).Assembly.GetManifestResourceStream(name);
        if (stream is null) return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    /// <summary>A version that the build wrote down.</summary>
    public static string Version(string name) =>
        typeof(Resource).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == name).Value!;
}
