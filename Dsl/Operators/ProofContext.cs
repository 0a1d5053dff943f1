using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Operators;

/// <summary>What holds in a body, what could not be decided at build time, and where to report what could.</summary>
internal sealed class ProofContext(DiagnosticBag diagnostics)
{
    private List<Claim> checks = [];
    private List<Claim> inputChecks = [];
    private HashSet<StaticValue> claimed = [];
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
        new(bag) { IsOpen = IsOpen, CanPromote = CanPromote, Facts = Facts, checks = checks, inputChecks = inputChecks, claimed = claimed, promoted = promoted };

    /// <summary>What may be taken as true here.</summary>
    public Facts Facts { get; set; } = Facts.None;

    /// <summary>What the constructor has to check, each once.</summary>
    public IReadOnlyList<Claim> Checks => checks;

    /// <summary>What is to be checked of the inputs: by a model when it is called, of a block by those that call it.</summary>
    public IReadOnlyList<Claim> InputChecks => inputChecks;

    /// <summary>The sizes that the constructor has to be told.</summary>
    public IEnumerable<string> Promoted => promoted.OrderBy(name => name, StringComparer.Ordinal);

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

    /// <summary>The same for the sizes of two types of one element type and number of dimensions.</summary>
    public bool AreEqual(TensorType a, TensorType b, Func<Dim, Dim, string> claim) =>
        a.Element == b.Element && a.Rank == b.Rank && a.Dims.Zip(b.Dims, (x, y) => AreEqual(x, y, claim(x, y))).All(equal => equal);

    /// <summary>The same for every size that a value mentions.</summary>
    public string? Promote(StaticValue value) =>
        Condition.SymbolsOf(value).Select(s => Promote(Dim.Symbol(s.Name, s.Kind))).FirstOrDefault(s => s is not null);

    public void AtLeast(Dim size, long minimum, string message) => Add(new Claim(Condition.Compare(">=", new IntValue(size), new IntValue(minimum)), message));

    public void Zero(Dim size, string message) => Add(new Claim(Condition.Compare("==", new IntValue(size), new IntValue(0)), message));

    /// <summary>Has a claim checked as soon as its values are known: when the module is made, or when it is called.</summary>
    public void Add(Claim claim)
    {
        if (!IsOpen || Facts.Decide(claim.Condition) is BoolValue) return;
        var symbols = Condition.SymbolsOf(claim.Condition).ToArray();
        // What a loop counts is checked turn by turn inside.
        if (symbols.Any(s => s.Kind == DimSymbolKind.Loop)) return;
        var list = symbols.Any(s => s.Kind == DimSymbolKind.Input) ? inputChecks : checks;
        if (claimed.Add(claim.Condition)) list.Add(claim);
    }
}

/// <summary>What must hold of parameters and input sizes and can be decided only when they are known.</summary>
/// <param name="Condition">What must hold.</param>
/// <param name="Message">What is said where it does not, without the values and the full stop.</param>
public sealed record Claim(StaticValue Condition, string Message)
{
    /// <summary>Whether somebody wrote it as <c>require</c>.</summary>
    public bool IsRequirement { get; init; }

    /// <summary>The claim with values in the place of parameters and sizes.</summary>
    internal Claim Substitute(Func<string, StaticValue?> value) => this with { Condition = Condition.Substitute(value) };
}
