using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Elaboration;

/// <summary>
/// Makes of all that must hold of the inputs the little that is worth checking: each stage of an image net needs some size left to
/// work on, and all of that together is the least height and the least width that the net takes.
/// </summary>
internal static class InputBounds
{
    private const long Largest = 1 << 24;

    /// <summary>The checks over the sizes that the inputs bind, of those on the least value of one size the greatest.</summary>
    public static IReadOnlyList<Claim> Of(IReadOnlyList<Claim> claims, IEnumerable<string> bound)
    {
        var names = new HashSet<string>(bound, StringComparer.Ordinal);
        var result = new List<Claim>();
        var least = new Dictionary<string, (long Size, int Index)>(StringComparer.Ordinal);
        foreach (var claim in claims)
        {
            if (Condition.SymbolsOf(claim.Condition).Any(s => s.Kind == DimSymbolKind.Input && !names.Contains(s.Name))) continue;
            if (LeastOf(claim.Condition) is not { } bounded)
            {
                result.Add(claim);
                continue;
            }
            // Every size is at least 1.
            var (symbol, size) = bounded;
            if (size <= 1 || (least.TryGetValue(symbol.Name, out var known) && known.Size >= size)) continue;
            var isPlain = claim.Condition is Comparison { Left: IntValue { Dim.AsSymbol: not null } };
            var condition = Condition.Compare(">=", new IntValue(Dim.Symbol(symbol.Name, symbol.Kind)), new IntValue(size));
            var reduced = isPlain ? claim : new Claim(condition, $"{symbol.Name} must be at least {size} ({claim.Message})");
            if (least.TryGetValue(symbol.Name, out known)) result[known.Index] = reduced;
            else result.Add(reduced);
            least[symbol.Name] = (size, least.TryGetValue(symbol.Name, out known) ? known.Index : result.Count - 1);
        }
        return result;
    }

    // The least value of the one size in "size >= minimum", where a greater one never makes it false.
    private static (DimSymbol Symbol, long Size)? LeastOf(StaticValue condition)
    {
        if (condition is not Comparison { Sign: ">=" or ">", Left: IntValue { Dim: var size }, Right: IntValue { Dim.Value: { } minimum } } comparison) return null;
        if (comparison.Sign == ">") minimum++;
        var symbols = size.Symbols.GroupBy(s => s.Name).Select(g => g.First()).ToArray();
        if (symbols is not [{ Kind: DimSymbolKind.Input } symbol] || !Grows(size)) return null;
        bool Holds(long value) => size.At(new Dictionary<string, long> { [symbol.Name] = value }) >= minimum;
        if (!Holds(Largest)) return null;
        var (fails, holds) = (0L, Largest);
        while (holds - fails > 1)
        {
            var middle = fails + (holds - fails) / 2;
            if (Holds(middle)) holds = middle;
            else fails = middle;
        }
        return (symbol, holds);
    }

    private static bool Grows(Dim size) => size.Terms.All(t => t.Atoms.Count == 0 || (t.Coefficient > 0 && t.Atoms is [var atom] && Grows(atom)));

    private static bool Grows(DimAtom atom) => atom is DimSymbol or DimQuotient { Denominator.Value: > 0 } && (atom is not DimQuotient quotient || Grows(quotient.Numerator));
}
