using System.Text.RegularExpressions;

namespace Dlm.Zoo;

/// <summary>How long the references of the tests are: classes and functions with what of their file they need, without blank lines, comments and documentation.</summary>
internal static partial class PythonLines
{
    /// <summary>The lines of some classes of a file.</summary>
    /// <param name="path">A file of Tests/Oracle, whose layout is that of PEP 8.</param>
    /// <param name="names">Classes or functions in it.</param>
    public static int Count(string path, IEnumerable<string> names)
    {
        Dictionary<string, string> blocks = Top().Matches(Documentation().Replace(File.ReadAllText(path), ""))
            .ToDictionary(block => block.Groups["name"].Value, block => block.Value, StringComparer.Ordinal);
        HashSet<string> needed = [];
        Queue<string> open = new(names);
        while (open.TryDequeue(out string? name))
        {
            if (!needed.Add(name)) continue;
            if (!blocks.TryGetValue(name, out string? text)) throw new InvalidOperationException($"{path} has no class '{name}'.");
            foreach (string word in Word().Matches(text).Select(match => match.Value).Where(blocks.ContainsKey)) open.Enqueue(word);
        }

        return needed.Sum(name => blocks[name].Split('\n').Count(line => line.Trim() is { Length: > 0 } text && text[0] != '#'));
    }

    [GeneratedRegex("^(@.*\n)*(class|def) (?<name>\\w+).*\n([ \t].*\n|\n)*", RegexOptions.Multiline)]
    private static partial Regex Top();

    [GeneratedRegex("^[ \t]*\"\"\"(.|\n)*?\"\"\"[ \t]*$", RegexOptions.Multiline)]
    private static partial Regex Documentation();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
