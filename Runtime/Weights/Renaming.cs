using System.Text.RegularExpressions;

namespace Dlm.Runtime.Weights;

/// <summary>How a file's keys become the network's.</summary>
public sealed class Renaming
{
    private readonly Regex _pattern;
    private readonly string _replacement;
    private readonly string _text;

    private Renaming(Regex pattern, string replacement, string text) => (_pattern, _replacement, _text) = (pattern, replacement, text);

    /// <summary>
    /// A pair of patterns whose stars stand for the same letters: <c>("encoder.*", "backbone.*")</c> makes
    /// <c>encoder.0.weight</c> to <c>backbone.0.weight</c>. The whole key must match.
    /// </summary>
    /// <exception cref="ArgumentException">The second has more stars than the first.</exception>
    public static Renaming Pattern(string from, string to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        if (to.Count(letter => letter == '*') > from.Count(letter => letter == '*'))
        {
            throw new ArgumentException($"'{to}' has more stars than '{from}': there is nothing that the last could stand for.", nameof(to));
        }

        int star = 0;
        string replacement = string.Concat(to.Replace("$", "$$", StringComparison.Ordinal).Select(letter => letter == '*' ? $"${{{++star}}}" : $"{letter}"));
        return new Renaming(new Regex($"^{Regex.Escape(from).Replace("\\*", "(.*)", StringComparison.Ordinal)}$", RegexOptions.CultureInvariant), replacement, $"{from} -> {to}");
    }

    /// <summary>A regular expression and what it is replaced by, wherever in a key it is found: <c>(@"^blocks\.(\d+)\.", "layer$1.")</c>.</summary>
    /// <exception cref="ArgumentException">It is no regular expression.</exception>
    public static Renaming Expression(string pattern, string replacement)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(replacement);
        return new Renaming(new Regex(pattern, RegexOptions.CultureInvariant), replacement, $"/{pattern}/ -> {replacement}");
    }

    /// <summary>What becomes of a key; itself, where the rule does not touch it.</summary>
    public string Apply(string key) => _pattern.Replace(key, _replacement);

    /// <summary>The rule as it was written.</summary>
    public override string ToString() => _text;
}
