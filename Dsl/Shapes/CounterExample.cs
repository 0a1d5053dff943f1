using System.Globalization;

namespace Dlm.Dsl.Shapes;

/// <summary>
/// For sizes that agree for some inputs and not for others: the smallest input for which they do not, and the requirement under which
/// they always do.
/// </summary>
public static class CounterExample
{
    // Enough for five halvings; a search for the sake of a message is not worth more.
    private const int MostTries = 1200;
    private const long LargestModulus = 64;
    private const int LongestTrail = 10;

    /// <summary><c>H = 24: 12, 6, 3, 1, 2 is not 3</c>, or null where there is none to show.</summary>
    public static string? Of(SizeConflict conflict, Facts facts)
    {
        if (!IsOpen(conflict)) return null;
        var trails = new[] { conflict.LeftTrail ?? [conflict.Left], conflict.RightTrail ?? [conflict.Right] };
        var sizes = trails.SelectMany(t => t).Append(conflict.Left).Append(conflict.Right).Distinct().ToArray();
        var names = sizes.SelectMany(s => s.Symbols).Concat(facts.Claims.SelectMany(Condition.SymbolsOf).Where(s => s.Kind == DimSymbolKind.Input))
            .Select(s => s.Name).Distinct().OrderBy(n => n, StringComparer.Ordinal).ToArray();
        foreach (var values in Inputs(names))
        {
            if (conflict.Left.At(values) is not { } left || conflict.Right.At(values) is not { } right || left == right) continue;
            // A size of 1 broadcasts, one below does not exist.
            if (left < 2 || right < 2 || sizes.Any(s => s.At(values) is not >= 1) || !facts.Claims.All(claim => Holds(claim, values))) continue;
            var shown = conflict.Left.Symbols.Concat(conflict.Right.Symbols).Select(s => s.Name).Distinct().Select(n => $"{n} = {Shown(values[n])}");
            var (longer, other) = trails[0].Count >= trails[1].Count ? (trails[0], right) : (trails[1], left);
            return $"{string.Join(", ", shown)}: {Walk(longer, values)} is not {Shown(other)}";
        }
        return null;
    }

    /// <summary><c>require H % 16 == 0 and W % 16 == 0</c>: under which none of the conflicts is left; null where none is found.</summary>
    public static string? Mend(IReadOnlyList<SizeConflict> conflicts, Facts facts)
    {
        var claims = new List<string>();
        foreach (var conflict in conflicts)
        {
            if (facts.AreEqual(conflict.Left, conflict.Right)) continue;
            if (!IsOpen(conflict) || Requirement(conflict, facts) is not { } found) return null;
            claims.Add(found.Text);
            facts = facts.And(found.Claim);
        }
        return claims.Count == 0 ? null : $"require {string.Join(" and ", claims)}";
    }

    // Two names that are simply different need no example: [B, T] and [B, S].
    private static bool IsOpen(SizeConflict conflict)
    {
        var symbols = conflict.Left.Symbols.Concat(conflict.Right.Symbols).ToArray();
        var isPlain = (conflict.Left.AsSymbol is not null || conflict.Left.Value is not null) && (conflict.Right.AsSymbol is not null || conflict.Right.Value is not null);
        return !isPlain && symbols.Length > 0 && symbols.All(s => s.Kind == DimSymbolKind.Input);
    }

    private static (string Text, StaticValue Claim)? Requirement(SizeConflict conflict, Facts facts)
    {
        var gap = conflict.Left - conflict.Right;
        foreach (var symbol in gap.Symbols.GroupBy(s => s.Name).Select(g => g.First()).OrderBy(s => s.Name, StringComparer.Ordinal))
        {
            var size = Dim.Symbol(symbol.Name, symbol.Kind);
            // A modulus that divides none of the quotients' divisors could not help.
            var largest = DivisorsOf(gap, symbol.Name).Aggregate(1L, (product, d) => product > LargestModulus ? product : product / Dim.GreatestCommonDivisor(product, d) * d);
            for (var modulus = 2L; modulus <= Math.Min(largest, LargestModulus); modulus++)
            {
                if (largest % modulus != 0) continue;
                for (var rest = 0L; rest < modulus; rest++)
                {
                    if (!Agrees(conflict, symbol.Name, modulus, rest)) continue;
                    var claim = Condition.Compare("==", new IntValue(size % modulus), new IntValue(rest));
                    if (facts.And(claim).AreEqual(conflict.Left, conflict.Right)) return ($"{symbol.Name} % {modulus} == {rest}", claim);
                }
            }
        }
        return null;
    }

    // A look at a few sizes is cheaper than a proof.
    private static bool Agrees(SizeConflict conflict, string symbol, long modulus, long rest)
    {
        var others = conflict.Left.Symbols.Concat(conflict.Right.Symbols).Select(s => s.Name).Where(n => n != symbol).Distinct().ToArray();
        for (var turn = 5L; turn < 8; turn++)
        {
            var values = others.ToDictionary(n => n, _ => 96L, StringComparer.Ordinal);
            values[symbol] = turn * modulus + rest;
            if (conflict.Left.At(values) != conflict.Right.At(values)) return false;
        }
        return true;
    }

    private static IEnumerable<long> DivisorsOf(Dim size, string symbol) => size.Terms.SelectMany(t => t.Atoms).OfType<DimQuotient>()
        .Where(q => q.Denominator.Value is > 1 && q.Numerator.Symbols.Any(s => s.Name == symbol))
        .SelectMany(q => DivisorsOf(q.Numerator, symbol).Append(q.Denominator.Value!.Value));

    // Small numbers first: all with a largest of 1, then of 2, and so on.
    private static IEnumerable<IReadOnlyDictionary<string, long>> Inputs(string[] names)
    {
        var tries = 0;
        for (var largest = 1L; names.Length > 0; largest++)
        {
            var values = Enumerable.Repeat(1L, names.Length).ToArray();
            while (true)
            {
                if (values.Max() == largest)
                {
                    if (tries++ == MostTries) yield break;
                    yield return names.Select((n, i) => (n, values[i])).ToDictionary(p => p.n, p => p.Item2, StringComparer.Ordinal);
                }
                var digit = 0;
                while (digit < values.Length && values[digit] == largest) values[digit++] = 1;
                if (digit == values.Length) break;
                values[digit]++;
            }
        }
    }

    private static bool Holds(StaticValue claim, IReadOnlyDictionary<string, long> values) =>
        claim.Substitute(name => values.TryGetValue(name, out var value) ? new IntValue(value) : null) is not BoolValue { Value: false };

    private static string Walk(IReadOnlyList<Dim> trail, IReadOnlyDictionary<string, long> values)
    {
        var steps = new List<string>();
        foreach (var size in trail.Where(s => s.AsSymbol is null))
        {
            var shown = Shown(size.At(values)!.Value);
            if (steps.Count == 0 || steps[steps.Count - 1] != shown) steps.Add(shown);
        }
        if (steps.Count == 0) steps.Add(Shown(trail[trail.Count - 1].At(values)!.Value));
        return string.Join(", ", steps.Count <= LongestTrail ? steps : steps.Skip(steps.Count - LongestTrail).Prepend("..."));
    }

    private static string Shown(long value) => value.ToString(CultureInfo.InvariantCulture);
}
