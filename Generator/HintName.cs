using System.Globalization;
using System.Text;
using Dlm.Dsl;
using Dlm.Dsl.Text;

namespace Dlm.Generator;

/// <summary>
/// Names of generated files: the path of the <c>.dlm</c> file as seen from its project, so that a debugger and a search
/// show what belongs together. Roslyn gives up a project in which two are equal but for upper and lower case, or hold a
/// character that not every file system has; neither happens whatever the files are called.
/// </summary>
internal static class HintName
{
    /// <summary>The name for the file at <paramref name="path"/>, without an extension.</summary>
    /// <param name="path">The file.</param>
    /// <param name="directory">The project's folder.</param>
    /// <param name="hasTwin">Whether another path of the project differs in upper and lower case alone.</param>
    public static string Of(string path, string directory, bool hasTwin)
    {
        var segments = Split(path);
        segments[segments.Count - 1] = Path.GetFileNameWithoutExtension(path);
        var name = string.Join("/", Relative(segments, Split(directory)));
        return hasTwin ? $"{name}{{{Hash(name + Path.GetExtension(path)):x8}}}" : name;
    }

    /// <summary>The sources of a file under <paramref name="name"/>: with a number each where there are several.</summary>
    public static EquatableArray<GeneratedSource> Number(EquatableArray<GeneratedSource> sources, string name) => sources
        .Select((source, i) => source with { HintName = i == 0 ? $"{name}.g.cs" : $"{name}[{i}].g.cs" })
        .ToEquatableArray();

    /// <summary>The segments of a path; the C# compiler leaves <c>..</c> in one as a project wrote it.</summary>
    private static List<string> Split(string path)
    {
        var segments = new List<string>();
        foreach (var segment in path.Split(Path.DirectorySeparatorChar, '/'))
        {
            if (segment is ".." && segments.Count > 0) segments.RemoveAt(segments.Count - 1);
            else if (segment is not ("" or ".")) segments.Add(segment);
        }

        return segments;
    }

    private static IEnumerable<string> Relative(List<string> path, List<string> directory)
    {
        var common = 0;
        while (common < directory.Count && common < path.Count - 1 && path[common] == directory[common]) common++;

        // Nothing in common, as on another drive: the whole path.
        var up = common == 0 ? 0 : directory.Count - common;
        return Enumerable.Repeat("(..)", up).Concat(path.Skip(common).Select(Escape));
    }

    /// <summary>Writes what Roslyn does not take, and the brackets used here, as <c>(2A)</c>: no two segments become one.</summary>
    private static string Escape(string segment)
    {
        if (segment.Length == 0) return "()";
        var result = new StringBuilder(segment.Length);
        for (var i = 0; i < segment.Length; i++)
        {
            var c = segment[i];
            var edge = i == 0 || i == segment.Length - 1;
            if (char.IsLetterOrDigit(c) || c is '_' or '-' or '+' or ',' || (c is '.' or ' ' && !edge)) result.Append(c);
            else result.Append('(').Append(((int)c).ToString("X", CultureInfo.InvariantCulture)).Append(')');
        }

        return result.ToString();
    }

    /// <summary>FNV-1a, which is the same in every process.</summary>
    private static uint Hash(string text)
    {
        var hash = 2166136261u;
        foreach (var c in text) hash = unchecked((hash ^ c) * 16777619u);
        return hash;
    }
}
