using System.Globalization;

namespace Dlm.Dsl.Elaboration;

/// <summary>
/// Gives the stages of one body their keys, which are PyTorch's: at the top of a model an unnamed stage is called by its kind
/// and its number among that kind; in a group every stage counts from zero, as in <c>nn.Sequential</c>.
/// </summary>
internal sealed class KeyScope(bool countsStages)
{
    private Dictionary<string, int> lines = new(StringComparer.Ordinal);
    private Dictionary<string, int> ordinals = new(StringComparer.Ordinal);
    private int stages;

    /// <summary>
    /// The key of the next stage: its own <paramref name="name"/> where it has one. Where it keeps nothing it needs no key,
    /// but counts.
    /// </summary>
    public string? Next(string? name, string kind, bool keeps)
    {
        var index = stages++;
        if (name is not null) return name;
        if (countsStages) return keeps ? index.ToString(CultureInfo.InvariantCulture) : null;
        if (!keeps) return null;
        ordinals[kind] = (ordinals.TryGetValue(kind, out var count) ? count : 0) + 1;
        return kind + ordinals[kind].ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Takes a key for the stage on <paramref name="line"/>; the line of the stage that has it already, or null.</summary>
    public int? Take(string key, int line)
    {
        if (lines.TryGetValue(key, out var earlier)) return earlier;
        lines[key] = line;
        return null;
    }

    /// <summary>The state to go back to before the other branch of a choice: only one of the two will exist.</summary>
    public Action Mark()
    {
        var (savedLines, savedOrdinals, savedStages) = (new Dictionary<string, int>(lines), new Dictionary<string, int>(ordinals), stages);
        return () => (lines, ordinals, stages) = (savedLines, savedOrdinals, savedStages);
    }
}
