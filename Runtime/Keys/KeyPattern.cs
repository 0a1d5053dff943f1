namespace Dlm.Runtime.Keys;

/// <summary>
/// A pattern for the keys of parameters: <c>features.*</c>, <c>*.bias</c>, <c>layer?.0.*</c>. A star stands for any letters, dots among
/// them, a question mark for one. Without either, it is a key or the name of a module, which stands for all that is in it.
/// </summary>
/// <param name="Text">The pattern as it is written.</param>
internal readonly record struct KeyPattern(string Text)
{
    /// <summary>Whether a key is of this pattern.</summary>
    public bool Matches(string key) => Text.AsSpan().ContainsAny('*', '?')
        ? Matches(Text, key)
        : key.StartsWith(Text, StringComparison.Ordinal) && (key.Length == Text.Length || key[Text.Length] == '.');

    /// <summary>Says that no key is of this pattern, with the nearest that is there.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="what">What the keys are of: "parameter of the network".</param>
    public string NothingMatches(IReadOnlyCollection<string> keys, string what)
    {
        // The names of modules as well: who writes "feature.*" means the module, not one of its weights.
        IEnumerable<string> modules = keys.SelectMany(key => Enumerable.Range(1, key.Length - 1).Where(i => key[i] == '.').Select(i => key[..i]));
        string typed = Text.TrimEnd('*').TrimEnd('.');
        string ending = Text[typed.Length..];
        string? near = NearMiss.Find(typed, modules.Concat(keys).Distinct());
        string there = near is not null ? $"Did you mean '{near}{ending}'?" : $"There are {string.Join(", ", keys.Select(key => key.Split('.')[0]).Distinct().Take(12).Select(name => $"'{name}'"))}.";
        return $"No {what} matches '{Text}'. {there}";
    }

    // The place of the last star is where a mismatch goes back to, so that the work is at most the product of the lengths.
    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> key)
    {
        int p = 0, k = 0, star = -1, resume = 0;
        while (k < key.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, resume) = (p++, k);
            }
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == key[k]))
            {
                p++;
                k++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                k = ++resume;
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].Trim('*').IsEmpty;
    }
}
