using System.Text;
using System.Text.RegularExpressions;

namespace Dlm.Cli.Files;

/// <summary>Patterns over paths with slashes: <c>*</c> within a folder, <c>**</c> across folders, <c>?</c>, <c>[ab]</c>, <c>{a,b}</c>.</summary>
internal static class Glob
{
    /// <summary>Whether a path has a sign that makes it a pattern.</summary>
    public static bool IsPattern(string path) => path.AsSpan().IndexOfAny("*?{") >= 0;

    /// <summary>A regular expression that a whole path has to match.</summary>
    public static Regex ToRegex(string pattern)
    {
        var regex = new StringBuilder("^");
        var braces = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                // a/**/b is a/b too.
                case '*' when pattern.AsSpan(i).StartsWith("**/"):
                    regex.Append("(?:.*/)?");
                    i += 2;
                    break;
                case '*' when pattern.AsSpan(i).StartsWith("**"):
                    regex.Append(".*");
                    i++;
                    break;
                case '*':
                    regex.Append("[^/]*");
                    break;
                case '?':
                    regex.Append("[^/]");
                    break;
                case '[' when pattern.IndexOf(']', i) is var end && end > i + 1:
                    var set = pattern[(i + 1)..end].Replace("\\", "\\\\", StringComparison.Ordinal);
                    regex.Append('[').Append(set[0] == '!' ? "^" + set[1..] : set).Append(']');
                    i = end;
                    break;
                case '{':
                    braces++;
                    regex.Append("(?:");
                    break;
                case '}' when braces > 0:
                    braces--;
                    regex.Append(')');
                    break;
                case ',' when braces > 0:
                    regex.Append('|');
                    break;
                case var c:
                    regex.Append(Regex.Escape(c.ToString()));
                    break;
            }
        }
        if (braces > 0) throw new CommandException($"'{pattern}' has a '{{' without its '}}'.");
        return new Regex(regex.Append('$').ToString(), RegexOptions.CultureInvariant);
    }
}
