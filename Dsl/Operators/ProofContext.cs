using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Operators;

/// <summary>What holds in a body, what could not be decided at build time, and where to report what could.</summary>
internal sealed class ProofContext(DiagnosticBag diagnostics)
{
    private List<ConstructorCheck> checks = [];
    private HashSet<string> promoted = new(StringComparer.Ordinal);

    public DiagnosticBag Diagnostics { get; } = diagnostics;

    /// <summary>
    /// Whether everything is open because a class is being written: then what cannot be decided is left to the constructor, or
    /// to the places that call the block.
    /// </summary>
    public bool IsOpen { get; init; }

    /// <summary>Whether a size that the inputs bind may become an argument of the constructor: a block's, never a model's.</summary>
    public bool CanPromote { get; init; }

    /// <summary>The same place, reporting elsewhere: what a function finds out is known where it is called.</summary>
    public ProofContext Reporting(DiagnosticBag bag) =>
        new(bag) { IsOpen = IsOpen, CanPromote = CanPromote, Facts = Facts, checks = checks, promoted = promoted };

    /// <summary>What may be taken as true here.</summary>
    public Facts Facts { get; set; } = Facts.None;

    /// <summary>What the constructor has to check, each once.</summary>
    public IReadOnlyList<ConstructorCheck> Checks => checks;

    /// <summary>Whether the constructor has to be told the size of this name.</summary>
    public bool IsPromoted(string symbol) => promoted.Contains(symbol);

    /// <summary>Makes every size in it known to the constructor; the name of one that cannot be, or null.</summary>
    public string? Promote(Dim size)
    {
        foreach (var symbol in size.Symbols.Where(s => s.Kind == DimSymbolKind.Input))
        {
            if (!CanPromote) return symbol.Name;
            promoted.Add(symbol.Name);
        }
        return null;
    }

    /// <summary>
    /// Whether two sizes are equal wherever the facts hold, or cannot be told apart yet: where parameters or loops decide, the
    /// constructor checks <paramref name="claim"/>; where a class is written, so do the places that call it.
    /// </summary>
    public bool AreEqual(Dim a, Dim b, string claim)
    {
        if (Facts.AreEqual(a, b)) return true;
        var gap = a - b;
        if (gap.Value is not null || (!IsOpen && gap.Symbols.All(s => s.Kind == DimSymbolKind.Input))) return false;
        Zero(gap, claim);
        return true;
    }

    /// <summary>The same for every size that a value mentions.</summary>
    public string? Promote(StaticValue value) =>
        Condition.SymbolsOf(value).Select(s => Promote(Dim.Symbol(s.Name, s.Kind))).FirstOrDefault(s => s is not null);

    public void AtLeast(Dim size, long minimum, string message) => Add(new ConstructorCheck(size, minimum, message));

    public void Zero(Dim size, string message) => Add(new ConstructorCheck(size, null, message));

    private void Add(ConstructorCheck check)
    {
        if (!IsOpen || Facts.Apply(check.Size).Value is not null) return;
        // What depends on the inputs is libtorch's to say, when it sees them; what a loop counts is checked turn by turn inside.
        if (check.Size.Symbols.Any(s => s.Kind != DimSymbolKind.Parameter)) return;
        if (!checks.Any(c => c.Size.Equals(check.Size) && c.Minimum == check.Minimum)) checks.Add(check);
    }
}

/// <summary>A claim on parameters that the constructor checks.</summary>
/// <param name="Size">A size over parameters alone.</param>
/// <param name="Minimum">The least value it may have; null where it must be zero.</param>
/// <param name="Message">What is claimed.</param>
public sealed record ConstructorCheck(Dim Size, long? Minimum, string Message);
