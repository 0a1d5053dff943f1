namespace Dlm.Dsl.Shapes;

/// <summary>
/// What may be taken as true at some place: the claims of <c>require</c>, and the condition of the branch it stands in. Equal
/// sizes are put in each other's place; a quotient that comes out even multiplies back to its numerator.
/// </summary>
public sealed class Facts
{
    private readonly IReadOnlyList<(string Symbol, Dim Value)> equalities;
    private readonly IReadOnlyList<DimQuotient> even;

    private Facts(IReadOnlyList<(string Symbol, Dim Value)> equalities, IReadOnlyList<DimQuotient> even)
    {
        this.equalities = equalities;
        this.even = even;
    }

    /// <summary>Nothing but arithmetic.</summary>
    public static Facts None { get; } = new([], []);

    /// <summary>These facts and a condition.</summary>
    public Facts And(StaticValue condition) => condition switch
    {
        Combination { Sign: "and" } both => And(both.Left).And(both.Right),
        Comparison { Sign: "==", Left: IntValue left, Right: IntValue right } => AndZero(Apply(left.Dim - right.Dim)),
        _ => this,
    };

    /// <summary>Whether two sizes are equal wherever the facts hold.</summary>
    public bool AreEqual(Dim a, Dim b) => a.Equals(b) || Apply(a - b).Value == 0;

    /// <summary>The size in its simplest form under the facts.</summary>
    public Dim Apply(Dim size)
    {
        if (size.Value is not null || (equalities.Count == 0 && even.Count == 0)) return size;
        foreach (var (symbol, value) in equalities) size = size.Substitute(s => s.Name == symbol ? value : null);
        foreach (var quotient in even) size = size.MultiplyBack(quotient);
        return size;
    }

    private Facts AndZero(Dim size)
    {
        // d - heads * (d // heads) == 0 says that heads divides d.
        foreach (var (_, atoms) in size.Terms)
        {
            foreach (var quotient in atoms.OfType<DimQuotient>())
            {
                var rest = quotient.Numerator % quotient.Denominator;
                if (rest.Equals(size) || (rest * -1).Equals(size)) return new Facts(equalities, [.. even, quotient]);
            }
        }
        // A symbol alone in its term, with 1 or -1 before it, is the rest of the sum.
        foreach (var (coefficient, atoms) in size.Terms)
        {
            if (atoms is not [DimSymbol symbol] || Math.Abs(coefficient) != 1) continue;
            var value = Dim.Symbol(symbol.Name, symbol.Kind) - size * coefficient;
            if (value.Symbols.All(s => s.Name != symbol.Name)) return new Facts([.. equalities, (symbol.Name, value)], even);
        }
        return this;
    }
}
