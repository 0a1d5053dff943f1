using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Elaboration;

/// <summary>The names of static values that a body can use, and which it does.</summary>
internal sealed class Scope(Scope? outer = null)
{
    private readonly Dictionary<string, StaticValue> values = new(StringComparer.Ordinal);

    /// <summary>The names that were used.</summary>
    public HashSet<string> Used { get; } = outer?.Used ?? new(StringComparer.Ordinal);

    /// <summary>Every name.</summary>
    public IEnumerable<string> Names => outer is null ? values.Keys : values.Keys.Concat(outer.Names);

    /// <summary>Gives a name its value.</summary>
    public void Declare(string name, StaticValue value) => values[name] = value;

    /// <summary>Whether there is such a name; does not count as a use.</summary>
    public bool Has(string name) => values.ContainsKey(name) || outer?.Has(name) == true;

    /// <summary>The value of a name, or null where there is none.</summary>
    public StaticValue? Use(string name)
    {
        if (!values.TryGetValue(name, out var value)) return outer?.Use(name);
        Used.Add(name);
        return value;
    }
}
