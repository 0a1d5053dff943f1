namespace Dlm.Dsl.Shapes;

/// <summary>What a dimension is made of besides whole numbers. Equal atoms have equal texts.</summary>
public abstract class DimAtom(string text)
{
    /// <summary>The canonical text, as messages and shape comments show it.</summary>
    public string Text { get; } = text;

    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>A size that is known only later: a parameter of the model, or a dimension that its inputs bind.</summary>
public sealed class DimSymbol(string name, DimSymbolKind kind) : DimAtom(name)
{
    /// <summary>The name.</summary>
    public string Name => Text;

    /// <summary>Who gives the value.</summary>
    public DimSymbolKind Kind { get; } = kind;
}

/// <summary>Who gives a symbolic size its value.</summary>
public enum DimSymbolKind
{
    /// <summary>The constructor: known when the module is made.</summary>
    Parameter,

    /// <summary>The inputs: known when the module is called.</summary>
    Input,

    /// <summary>A loop of the constructor: its counter, or a size that changes from turn to turn.</summary>
    Loop,
}

/// <summary>A quotient rounded down that does not come out even, written as the language writes it: <c>//</c> begins a comment.</summary>
public sealed class DimQuotient(Dim numerator, Dim denominator)
    : DimAtom($"{numerator.Grouped} / {denominator.Grouped}")
{
    /// <summary>What is divided.</summary>
    public Dim Numerator { get; } = numerator;

    /// <summary>What it is divided by.</summary>
    public Dim Denominator { get; } = denominator;
}

/// <summary>One of two sizes, by a condition that is open until the module is made: <c>if i == 0 then 2 else 1</c>.</summary>
public sealed class DimChoice(Condition condition, Dim whenTrue, Dim whenFalse)
    : DimAtom($"if {condition} then {whenTrue} else {whenFalse}")
{
    /// <summary>The condition.</summary>
    public Condition Condition { get; } = condition;

    /// <summary>The size where it holds.</summary>
    public Dim WhenTrue { get; } = whenTrue;

    /// <summary>The size where it does not.</summary>
    public Dim WhenFalse { get; } = whenFalse;
}
