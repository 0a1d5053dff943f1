namespace Dlm.Dsl.Shapes;

/// <summary>A claim on values that are open until the module is made. One that can be decided is a <see cref="BoolValue"/>.</summary>
public abstract record Condition : StaticValue
{
    /// <inheritdoc/>
    public override string Kind => "true or false";

    /// <inheritdoc/>
    public override string Described => $"the condition {this}";

    /// <summary>Every symbolic size in it.</summary>
    public abstract IEnumerable<DimSymbol> Symbols { get; }

    /// <summary>The claim that two values compare so, decided where it can be.</summary>
    public static StaticValue Compare(string sign, StaticValue left, StaticValue right)
    {
        int? order = (left, right) switch
        {
            (IntValue a, IntValue b) when (a.Dim - b.Dim).Value is { } gap => Math.Sign(gap),
            (IntValue { Dim.Value: { } a }, FloatValue b) => ((double)a).CompareTo(b.Value),
            (FloatValue a, IntValue { Dim.Value: { } b }) => a.Value.CompareTo(b),
            (FloatValue a, FloatValue b) => a.Value.CompareTo(b.Value),
            (BoolValue a, BoolValue b) => a.Value.CompareTo(b.Value),
            (StringValue a, StringValue b) => string.CompareOrdinal(a.Value, b.Value),
            _ => null,
        };
        return order is { } decided ? new BoolValue(Holds(sign, decided)) : new Comparison(sign, left, right);
    }

    /// <summary>Both, or one of two claims.</summary>
    public static StaticValue Combine(string sign, StaticValue left, StaticValue right) => (sign, left, right) switch
    {
        ("and", BoolValue { Value: false }, _) or ("or", BoolValue { Value: true }, _) => left,
        ("and", _, BoolValue { Value: false }) or ("or", _, BoolValue { Value: true }) => right,
        (_, BoolValue, _) => right,
        (_, _, BoolValue) => left,
        _ => new Combination(sign, left, right),
    };

    /// <summary>The opposite claim.</summary>
    public static StaticValue Not(StaticValue value) => value switch
    {
        BoolValue known => new BoolValue(!known.Value),
        Comparison comparison => new Comparison(Opposite(comparison.Sign), comparison.Left, comparison.Right),
        Combination both => new Combination(both.Sign == "and" ? "or" : "and", Not(both.Left), Not(both.Right)),
        Negation negation => negation.Operand,
        _ => new Negation(value),
    };

    /// <summary>The symbolic sizes in any value.</summary>
    internal static IEnumerable<DimSymbol> SymbolsOf(StaticValue value) => value switch
    {
        IntValue whole => whole.Dim.Symbols,
        Condition condition => condition.Symbols,
        ListValue list => list.Items.SelectMany(SymbolsOf),
        _ => [],
    };

    private static bool Holds(string sign, int order) => sign switch
    {
        "==" => order == 0,
        "!=" => order != 0,
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        _ => order >= 0,
    };

    private static string Opposite(string sign) => sign switch
    {
        "==" => "!=",
        "!=" => "==",
        "<" => ">=",
        "<=" => ">",
        ">" => "<=",
        _ => "<",
    };
}

/// <summary><c>stride != 1</c></summary>
public sealed record Comparison(string Sign, StaticValue Left, StaticValue Right) : Condition
{
    /// <inheritdoc/>
    public override IEnumerable<string> Parameters => Left.Parameters.Concat(Right.Parameters);

    /// <inheritdoc/>
    public override IEnumerable<DimSymbol> Symbols => SymbolsOf(Left).Concat(SymbolsOf(Right));

    /// <inheritdoc/>
    public override StaticValue Substitute(Func<string, StaticValue?> value) => Compare(Sign, Left.Substitute(value), Right.Substitute(value));

    /// <inheritdoc/>
    public override string ToString() => $"{Left} {Sign} {Right}";
}

/// <summary><c>a and b</c>, <c>a or b</c></summary>
public sealed record Combination(string Sign, StaticValue Left, StaticValue Right) : Condition
{
    /// <inheritdoc/>
    public override IEnumerable<string> Parameters => Left.Parameters.Concat(Right.Parameters);

    /// <inheritdoc/>
    public override IEnumerable<DimSymbol> Symbols => SymbolsOf(Left).Concat(SymbolsOf(Right));

    /// <inheritdoc/>
    public override StaticValue Substitute(Func<string, StaticValue?> value) => Combine(Sign, Left.Substitute(value), Right.Substitute(value));

    /// <inheritdoc/>
    public override string ToString() => $"({Left} {Sign} {Right})";
}

/// <summary><c>not bias</c></summary>
public sealed record Negation(StaticValue Operand) : Condition
{
    /// <inheritdoc/>
    public override IEnumerable<string> Parameters => Operand.Parameters;

    /// <inheritdoc/>
    public override IEnumerable<DimSymbol> Symbols => SymbolsOf(Operand);

    /// <inheritdoc/>
    public override StaticValue Substitute(Func<string, StaticValue?> value) => Not(Operand.Substitute(value));

    /// <inheritdoc/>
    public override string ToString() => $"not {Operand}";
}
