using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Elaboration;

/// <summary>The names that a body can use, and whether it does.</summary>
internal sealed class Scope
{
    private readonly Dictionary<string, StaticValue> values = new(StringComparer.Ordinal);
    private readonly HashSet<string> used = new(StringComparer.Ordinal);

    /// <summary>Every name.</summary>
    public IEnumerable<string> Names => values.Keys;

    /// <summary>Gives a name its value.</summary>
    public void Declare(string name, StaticValue value) => values[name] = value;

    /// <summary>Whether there is such a name; does not count as a use.</summary>
    public bool Has(string name) => values.ContainsKey(name);

    /// <summary>The value of a name, or null where there is none.</summary>
    public StaticValue? Use(string name)
    {
        if (!values.TryGetValue(name, out var value)) return null;
        used.Add(name);
        return value;
    }

    /// <summary>Whether anything used the name.</summary>
    public bool IsUsed(string name) => used.Contains(name);
}
