using System.Globalization;
using Dlm.Dsl.Diagnostics;

namespace Dlm.Dsl.Shapes;

/// <summary>
/// A size: a polynomial with whole coefficients over parameters, input dimensions and rounded-down quotients, kept in one
/// normal form, so that two sizes are equal for all values when their texts are equal. Arithmetic that leaves 64 bits throws
/// <see cref="OverflowException"/>.
/// </summary>
public sealed class Dim : IEquatable<Dim>
{
    // No model's sizes come near these; a few lines of products of products would go beyond any.
    private const int MostTerms = 500;
    private const int MostProducts = 20_000;
    private const int MostText = 50_000;

    private static readonly Comparer<string> ProductOrder = Comparer<string>.Create(CompareProducts);

    private readonly Term[] terms;
    private string? text;

    private Dim(Term[] terms)
    {
        if (terms.Length > MostTerms || terms.Sum(t => t.Product.Length) > MostText) throw TooLarge();
        this.terms = terms;
    }

    /// <summary>0.</summary>
    public static Dim Zero { get; } = new([]);

    /// <summary>1.</summary>
    public static Dim One { get; } = Constant(1);

    /// <summary>A known size.</summary>
    public static Dim Constant(long value) => value == 0 ? Zero : new([new Term(value, [])]);

    /// <summary>A size with a name.</summary>
    public static Dim Symbol(string name, DimSymbolKind kind) => FromAtom(new DimSymbol(name, kind));

    /// <summary>The value, where it is known.</summary>
    public long? Value => terms.Length == 0 ? 0 : terms.Length == 1 && terms[0].Atoms.Length == 0 ? terms[0].Coefficient : null;

    /// <summary>The only symbol this consists of, or null.</summary>
    public DimSymbol? AsSymbol => terms.Length == 1 && terms[0] is { Coefficient: 1, Atoms: [DimSymbol symbol] } ? symbol : null;

    /// <summary>The summands, each a coefficient and the atoms it multiplies, in the order of the text.</summary>
    public IEnumerable<(long Coefficient, IReadOnlyList<DimAtom> Atoms)> Terms => terms.Select(t => (t.Coefficient, (IReadOnlyList<DimAtom>)t.Atoms));

    /// <summary>Every symbol in it, also inside quotients.</summary>
    public IEnumerable<DimSymbol> Symbols => terms.SelectMany(t => t.Atoms).SelectMany(SymbolsOf);

    /// <summary>The names of the parameters in it, of those too that decide a choice and are no sizes.</summary>
    public IEnumerable<string> Parameters => terms.SelectMany(t => t.Atoms).SelectMany(ParametersOf);

    /// <summary>The text in parentheses where it is more than one word.</summary>
    internal string Grouped => terms.Length > 1 || (terms.Length == 1 && (terms[0].Atoms.Length > 1
        || (terms[0].Atoms.Length == 1 && (terms[0].Coefficient != 1 || terms[0].Atoms[0] is not DimSymbol)))) ? $"({this})" : ToString();

    /// <summary>Converts a known size.</summary>
    public static implicit operator Dim(long value) => Constant(value);

    /// <summary>The sum.</summary>
    public static Dim operator +(Dim a, Dim b)
    {
        if (a.terms.Length == 0) return b;
        if (b.terms.Length == 0) return a;
        if (a.Value is { } x && b.Value is { } y) return Constant(checked(x + y));
        return Merge(a.terms, b.terms);
    }

    /// <summary>The difference.</summary>
    public static Dim operator -(Dim a, Dim b) => a + b * -1;

    /// <summary>The product.</summary>
    public static Dim operator *(Dim a, Dim b)
    {
        if (a.Value is { } x) return Scale(b, x);
        if (b.Value is { } y) return Scale(a, y);
        if ((long)a.terms.Length * b.terms.Length > MostProducts) throw TooLarge();
        return Collect(from s in a.terms
                       from t in b.terms
                       select new Term(checked(s.Coefficient * t.Coefficient), Sorted(s.Atoms.Concat(t.Atoms))));
    }

    /// <summary>The remainder, never negative for a positive <paramref name="b"/>.</summary>
    public static Dim operator %(Dim a, Dim b) => a - b * FloorDivide(a, b);

    /// <summary>The quotient rounded down; <paramref name="b"/> must not be zero.</summary>
    public static Dim FloorDivide(Dim a, Dim b)
    {
        if (b.Value is 0) throw new DivideByZeroException();
        if (b.Value is 1) return a;
        if (a.Value is { } x && b.Value is { } y) return Constant(FloorDivide(x, y));
        return b.Value is > 0 and { } divisor ? DivideByConstant(a, divisor) : DivideBySymbols(a, b);
    }

    /// <summary>The quotient rounded up.</summary>
    public static Dim CeilingDivide(Dim a, Dim b) => FloorDivide(a + b - 1, b);

    /// <summary>One of two sizes.</summary>
    public static Dim Choose(StaticValue condition, Dim whenTrue, Dim whenFalse) => condition switch
    {
        BoolValue known => known.Value ? whenTrue : whenFalse,
        _ when whenTrue.Equals(whenFalse) => whenTrue,
        Condition open => FromAtom(new DimChoice(open, whenTrue, whenFalse)),
        _ => FromAtom(new DimChoice(new Comparison("==", condition, new BoolValue(true)), whenTrue, whenFalse)),
    };

    /// <summary>Puts the numerator of <paramref name="even"/>, which comes out even, in the place of quotient times denominator.</summary>
    public Dim MultiplyBack(DimQuotient even)
    {
        if (even.Denominator.terms is not [var divisor]) return this;
        var sum = Zero;
        foreach (var term in terms)
        {
            var rest = term.Atoms.Any(a => a.Text == even.Text) ? TryDivide(term, new Term(divisor.Coefficient, Sorted(divisor.Atoms.Append(even)))) : null;
            sum += rest is null ? new Dim([term]) : new Dim([rest]) * even.Numerator;
        }
        return sum;
    }

    /// <summary>Puts sizes in the place of symbols; one for which <paramref name="value"/> has none stays.</summary>
    /// <param name="value">The size of a symbol.</param>
    /// <param name="parameter">The value of a parameter that decides a choice and is no size.</param>
    public Dim Substitute(Func<DimSymbol, Dim?> value, Func<string, StaticValue?>? parameter = null)
    {
        if (Value is not null) return this;
        var sum = Zero;
        foreach (var term in terms)
        {
            var product = Constant(term.Coefficient);
            foreach (var atom in term.Atoms) product *= Substitute(atom, value, parameter);
            sum += product;
        }
        return sum;
    }

    /// <summary>The value where each symbol has the one that <paramref name="values"/> gives it; null where one has none, or it leaves 64 bits.</summary>
    internal long? At(IReadOnlyDictionary<string, long> values)
    {
        try
        {
            return Substitute(symbol => values.TryGetValue(symbol.Name, out var value) ? value : null).Value;
        }
        catch (Exception exception) when (exception is OverflowException or DivideByZeroException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public bool Equals(Dim? other) =>
        ReferenceEquals(this, other) || (other is not null && terms.Length == other.terms.Length && (Value is { } value ? value == other.Value : ToString() == other.ToString()));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Dim);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => text ??= Format();

    private static Dim FromAtom(DimAtom atom) => new([new Term(1, [atom])]);

    private static Dim Substitute(DimAtom atom, Func<DimSymbol, Dim?> value, Func<string, StaticValue?>? parameter) => atom switch
    {
        DimSymbol symbol => value(symbol) ?? FromAtom(symbol),
        // A quotient by what becomes 0 has no value there; it stays as it is, and whoever needs its value finds none.
        DimQuotient quotient => quotient.Denominator.Substitute(value, parameter) is { Value: not 0 } denominator
            ? FloorDivide(quotient.Numerator.Substitute(value, parameter), denominator)
            : FromAtom(quotient),
        DimChoice choice => Choose(
            choice.Condition.Substitute(name => choice.Condition.Symbols.FirstOrDefault(s => s.Name == name) is { } s ? value(s) is { } size ? new IntValue(size) : null : parameter?.Invoke(name)),
            choice.WhenTrue.Substitute(value, parameter),
            choice.WhenFalse.Substitute(value, parameter)),
        _ => throw new ArgumentOutOfRangeException(nameof(atom)),
    };

    private static IEnumerable<DimSymbol> SymbolsOf(DimAtom atom) => atom switch
    {
        DimSymbol symbol => [symbol],
        DimQuotient quotient => quotient.Numerator.Symbols.Concat(quotient.Denominator.Symbols),
        DimChoice choice => choice.Condition.Symbols.Concat(choice.WhenTrue.Symbols).Concat(choice.WhenFalse.Symbols),
        _ => [],
    };

    private static IEnumerable<string> ParametersOf(DimAtom atom) => atom switch
    {
        DimSymbol { Kind: DimSymbolKind.Parameter } symbol => [symbol.Name],
        DimQuotient quotient => quotient.Numerator.Parameters.Concat(quotient.Denominator.Parameters),
        DimChoice choice => choice.Condition.Parameters.Concat(choice.WhenTrue.Parameters).Concat(choice.WhenFalse.Parameters),
        _ => [],
    };

    // The part that comes out even leaves the quotient: (2H + 3) // 2 is H + 1, (H - 1) // 2 + 1 is (H + 1) // 2.
    private static Dim DivideByConstant(Dim a, long divisor)
    {
        if (divisor == 1) return a;
        var even = new List<Term>();
        var rest = new List<Term>();
        foreach (var term in a.terms)
        {
            var quotient = FloorDivide(term.Coefficient, divisor);
            if (quotient != 0) even.Add(new Term(quotient, term.Atoms));
            var remainder = term.Coefficient - quotient * divisor;
            if (remainder != 0) rest.Add(new Term(remainder, term.Atoms));
        }
        var numerator = Collect(rest);
        if (numerator.Value is { } constant) return Collect(even) + FloorDivide(constant, divisor);

        // What all terms have in common with the divisor leaves both: (8k + 3) // 16 is k // 2.
        var common = numerator.terms.Where(t => t.Atoms.Length > 0).Aggregate(divisor, (g, t) => GreatestCommonDivisor(g, t.Coefficient));
        if (common > 1)
        {
            numerator = new Dim(Array.ConvertAll(numerator.terms, t => new Term(FloorDivide(t.Coefficient, common), t.Atoms, t.Product)).Where(t => t.Coefficient != 0).ToArray());
            return Collect(even) + DivideByConstant(numerator, divisor / common);
        }

        // (a // m + c) // n is (a + m c) // (m n).
        var inner = numerator.terms.FirstOrDefault(t => t is { Coefficient: 1, Atoms: [DimQuotient { Denominator.Value: > 0 }] });
        if (inner is { Atoms: [DimQuotient q] } && (numerator - FromAtom(q)).Value is { } offset)
        {
            return Collect(even) + FloorDivide(q.Numerator + q.Denominator * offset, q.Denominator * divisor);
        }
        return Collect(even) + FromAtom(new DimQuotient(numerator, divisor));
    }

    private static Dim DivideBySymbols(Dim a, Dim b)
    {
        // A divisor of one term takes out what it divides: (h * k + k) // k is h + 1, (3 * k + 1) // (2 * k) is (k + 1) // (2 * k) + 1.
        if (b.terms.Length != 1) return a.Equals(b) ? One : FromAtom(new DimQuotient(a, b));
        var divisor = b.terms[0];
        var even = new List<Term>();
        var rest = new List<Term>();
        foreach (var term in a.terms)
        {
            var quotient = FloorDivide(term.Coefficient, divisor.Coefficient);
            var whole = quotient == 0 ? null : TryDivide(new Term(checked(quotient * divisor.Coefficient), term.Atoms), divisor);
            if (whole is not null) even.Add(whole);
            var remainder = whole is null ? term.Coefficient : term.Coefficient - quotient * divisor.Coefficient;
            if (remainder != 0) rest.Add(new Term(remainder, term.Atoms));
        }
        var numerator = Collect(rest);
        return numerator.terms.Length == 0 ? Collect(even) : Collect(even) + FromAtom(new DimQuotient(numerator, b));
    }

    private static Term? TryDivide(Term term, Term divisor)
    {
        if (term.Coefficient % divisor.Coefficient != 0) return null;
        var left = term.Atoms.ToList();
        foreach (var atom in divisor.Atoms)
        {
            var index = left.FindIndex(a => a.Text == atom.Text);
            if (index < 0) return null;
            left.RemoveAt(index);
        }
        return new Term(term.Coefficient / divisor.Coefficient, left.ToArray());
    }

    internal static long GreatestCommonDivisor(long a, long b)
    {
        while (b != 0) (a, b) = (b, a % b);
        return a;
    }

    private static long FloorDivide(long a, long b)
    {
        var quotient = a / b;
        return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
    }

    private static Dim Scale(Dim dim, long factor)
    {
        if (factor == 0) return Zero;
        if (factor == 1) return dim;
        return new Dim(Array.ConvertAll(dim.terms, t => new Term(checked(t.Coefficient * factor), t.Atoms, t.Product)));
    }

    // Sums are most of what elaboration computes: two sorted rows of terms make one without looking anything up.
    private static Dim Merge(Term[] a, Term[] b)
    {
        var merged = new List<Term>(a.Length + b.Length);
        for (int i = 0, j = 0; i < a.Length || j < b.Length;)
        {
            var order = i == a.Length ? 1 : j == b.Length ? -1 : CompareProducts(a[i].Product, b[j].Product);
            if (order < 0) merged.Add(a[i++]);
            else if (order > 0) merged.Add(b[j++]);
            else
            {
                var coefficient = checked(a[i].Coefficient + b[j++].Coefficient);
                if (coefficient != 0) merged.Add(new Term(coefficient, a[i].Atoms, a[i].Product));
                i++;
            }
        }
        return new Dim(merged.ToArray());
    }

    private static Dim Collect(IEnumerable<Term> terms)
    {
        var collected = new List<Term>();
        foreach (var term in terms.OrderBy(t => t.Product, ProductOrder))
        {
            var last = collected.Count - 1;
            if (last < 0 || collected[last].Product != term.Product) collected.Add(term);
            else collected[last] = new Term(checked(collected[last].Coefficient + term.Coefficient), term.Atoms, term.Product);
        }
        collected.RemoveAll(t => t.Coefficient == 0);
        return new Dim(collected.ToArray());
    }

    private static TooLargeException TooLarge() => new("has a size whose formula is too long to work with", "Make it simpler, or give its parameters values");

    private static DimAtom[] Sorted(IEnumerable<DimAtom> atoms) => atoms.OrderBy(a => a.Text, StringComparer.Ordinal).ToArray();

    private string Format()
    {
        if (terms.Length == 0) return "0";
        // A sum shows its positive terms first: 2 - H, not -H + 2.
        var builder = new System.Text.StringBuilder();
        foreach (var term in terms.Where(t => t.Coefficient > 0).Concat(terms.Where(t => t.Coefficient < 0)))
        {
            var leads = builder.Length == 0;
            if (!leads) builder.Append(term.Coefficient < 0 ? " - " : " + ");
            else if (term.Coefficient < 0) builder.Append('-');
            var size = term.Coefficient == long.MinValue ? "9223372036854775808" : Math.Abs(term.Coefficient).ToString(CultureInfo.InvariantCulture);
            // A quotient needs no parentheses in a sum, but behind a leading minus it does: -(H / 2) is not -H / 2.
            var isBare = size == "1" && (term.Coefficient == 1 || !leads) && (terms.Length == 1 || term.Atoms.FirstOrDefault() is DimQuotient);
            if (term.Atoms.Length == 0) builder.Append(size);
            else builder.Append(size == "1" ? "" : size + " * ").Append(term.Shown(isBare));
        }
        return builder.ToString();
    }

    // Products by name, the plain number last.
    private static int CompareProducts(string a, string b) =>
        a.Length == 0 || b.Length == 0 ? b.Length.CompareTo(a.Length) : string.CompareOrdinal(a, b);

    private sealed class Term(long coefficient, DimAtom[] atoms, string? product = null)
    {
        public long Coefficient { get; } = coefficient;

        public DimAtom[] Atoms { get; } = atoms;

        public string Product { get; } = product ?? (atoms.Length == 0 ? "" : atoms.Length == 1 ? atoms[0].Text : string.Join(" * ", atoms.Select(a => a.Text)));

        public string Shown(bool isBare) =>
            string.Join(" * ", Atoms.Select(a => a is DimSymbol || (isBare && Atoms.Length == 1) ? a.Text : $"({a.Text})"));
    }
}
