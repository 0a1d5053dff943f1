namespace Dlm.Dsl.Elaboration;

/// <summary>
/// Patterns over keys, as the runtime reads them: a star stands for any letters, dots among them, a question mark for one; without either
/// it is a key, or the name of a module, which stands for all that is in it.
/// </summary>
internal static class KeyGlob
{
    /// <summary>Whether the pattern has a star or a question mark.</summary>
    public static bool IsOpen(string pattern) => pattern.IndexOfAny(['*', '?']) >= 0;

    /// <summary>Whether some key that <paramref name="template"/> stands for, numbers of turns filled in, is of the pattern.</summary>
    public static bool MayMatch(string pattern, string template) =>
        IsKey(pattern, template) || (!IsOpen(pattern) && IsInside(pattern, template));

    /// <summary>The same for the pattern as a key.</summary>
    public static bool IsKey(string pattern, string template) => Reaches(pattern, template);

    /// <summary>The same for the pattern as a module.</summary>
    public static bool IsInside(string pattern, string template) => Reaches(pattern + ".*", template);

    // The places of the template that are reached with the pattern's letters so far: twice its index, and one more within a number.
    private static bool Reaches(string pattern, string template)
    {
        var places = new bool[2 * template.Length + 1];
        places[0] = true;
        foreach (var letter in pattern)
        {
            var next = new bool[places.Length];
            for (var place = 0; place < places.Length; place++)
            {
                if (!places[place]) continue;
                if (letter == '*')
                {
                    for (var rest = place; rest < places.Length; rest += 2 - rest % 2) next[rest] = true;
                    break;
                }
                foreach (var index in IndicesAt(place, template))
                {
                    if (template[index] != ParameterKey.Turn && (letter == '?' || letter == template[index])) next[2 * index + 2] = true;
                    if (template[index] == ParameterKey.Turn && (letter == '?' || char.IsDigit(letter))) next[2 * index + 1] = true;
                }
            }
            places = next;
        }
        return places[places.Length - 1] || (template.EndsWith(ParameterKey.Turn.ToString(), StringComparison.Ordinal) && places[places.Length - 2]);
    }

    // Within a number another digit may follow, or what is behind it.
    private static IEnumerable<int> IndicesAt(int place, string template)
    {
        if (place % 2 == 1) yield return place / 2;
        if ((place + 1) / 2 < template.Length) yield return (place + 1) / 2;
    }
}
