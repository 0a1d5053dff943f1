using Dlm.Dsl.Diagnostics;

namespace Dlm.Dsl.Shapes;

/// <summary>
/// What may be taken as true at some place: the claims of <c>require</c>, and the condition of the branch it stands in. A size that
/// a claim fixes is put in the place of its symbol: where 16 divides H, H is 16 times a size of its own, so that every quotient of
/// H by 2, 4, 8 and 16 comes out even.
/// </summary>
public sealed class Facts
{
    // Each new one is seen in the light of all before it.
    private const int MostClaims = 100;

    private readonly IReadOnlyList<(string Symbol, Dim Value)> equalities;
    private readonly IReadOnlyList<DimQuotient> even;

    private Facts(IReadOnlyList<StaticValue> claims, IReadOnlyList<(string Symbol, Dim Value)> equalities, IReadOnlyList<DimQuotient> even)
    {
        if (claims.Count > MostClaims) throw new TooLargeException($"makes more than {MostClaims} requirements", "Join those on one size");
        Claims = claims;
        this.equalities = equalities;
        this.even = even;
    }

    /// <summary>Nothing but arithmetic.</summary>
    public static Facts None { get; } = new([], [], []);

    /// <summary>What holds, in the order in which it was claimed.</summary>
    public IReadOnlyList<StaticValue> Claims { get; }

    /// <summary>These facts and a condition.</summary>
    public Facts And(StaticValue condition) => condition switch
    {
        Combination { Sign: "and" } both => And(both.Left).And(both.Right),
        Comparison { Sign: "==", Left: IntValue left, Right: IntValue right } => AndZero(Apply(left.Dim - right.Dim)).Claiming(condition),
        Condition => Claiming(condition),
        _ => this,
    };

    /// <summary>Whether two sizes are equal wherever the facts hold.</summary>
    public bool AreEqual(Dim a, Dim b) => a.Equals(b) || Apply(a - b).Value == 0;

    /// <summary>The condition, decided where the facts decide it.</summary>
    public StaticValue Decide(StaticValue condition) => condition switch
    {
        Comparison { Left: IntValue left, Right: IntValue right } comparison when Apply(left.Dim - right.Dim).Value is { } gap =>
            Condition.Compare(comparison.Sign, new IntValue(gap), new IntValue(0)),
        Combination both => Condition.Combine(both.Sign, Decide(both.Left), Decide(both.Right)),
        Condition when Claims.Contains(condition) => new BoolValue(true),
        _ => condition,
    };

    /// <summary>The size in its simplest form under the facts.</summary>
    public Dim Apply(Dim size)
    {
        if (size.Value is not null || (equalities.Count == 0 && even.Count == 0)) return size;
        foreach (var (symbol, value) in equalities) size = size.Substitute(s => s.Name == symbol ? value : null);
        foreach (var quotient in even) size = size.MultiplyBack(quotient);
        return size;
    }

    private Facts Claiming(StaticValue claim) => new([.. Claims, claim], equalities, even);

    private Facts Knowing(DimSymbol symbol, Dim value) => new(Claims, [.. equalities, (symbol.Name, value)], even);

    private Facts AndZero(Dim size)
    {
        foreach (var (coefficient, atoms) in size.Terms)
        {
            foreach (var quotient in atoms.OfType<DimQuotient>())
            {
                if (AndRemainder(size, quotient, coefficient) is { } known) return known;
            }
        }
        // A symbol alone in its term, with 1 or -1 before it, is the rest of the sum.
        foreach (var (coefficient, atoms) in size.Terms)
        {
            if (atoms is not [DimSymbol symbol] || Math.Abs(coefficient) != 1) continue;
            var value = Dim.Symbol(symbol.Name, symbol.Kind) - size * coefficient;
            if (value.Symbols.All(s => s.Name != symbol.Name)) return Knowing(symbol, value);
        }
        return this;
    }

    // d - heads * (d / heads) == 0 says that heads divides d; H - 16 * (H / 16) - 4 == 0 that it leaves 4 when it divides H.
    private Facts? AndRemainder(Dim size, DimQuotient quotient, long coefficient)
    {
        var factor = quotient.Denominator.Terms.First().Coefficient;
        if (coefficient % factor != 0) return null;
        var times = -coefficient / factor;
        var rest = quotient.Numerator % quotient.Denominator;
        if ((rest * times - size).Value is not { } remains || remains % times != 0) return null;
        var remainder = remains / times;
        if (remainder != 0 && !(quotient.Denominator.Value > remainder && remainder > 0)) return null;

        // The quotient becomes a size of its own, and a symbol of the numerator a formula over it.
        foreach (var (count, atoms) in quotient.Numerator.Terms)
        {
            if (atoms is not [DimSymbol symbol] || quotient.Denominator.Symbols.Any(s => s.Name == symbol.Name)) continue;
            var others = quotient.Numerator - Dim.Symbol(symbol.Name, symbol.Kind) * count;
            if (others.Symbols.Any(s => s.Name == symbol.Name)) continue;
            var even = quotient.Denominator * Dim.Symbol($"({quotient.Text})", symbol.Kind);
            if (Math.Abs(count) == 1) return Knowing(symbol, (even + remainder - others) * count);
            // 3 divides 2k where it divides k.
            var isCoprime = others.Value == 0 && remainder == 0 && quotient.Denominator.Value is { } divisor && Dim.GreatestCommonDivisor(divisor, Math.Abs(count)) == 1;
            if (isCoprime) return Knowing(symbol, even);
        }
        return remainder == 0 ? new Facts(Claims, equalities, [.. this.even, quotient]) : null;
    }
}
