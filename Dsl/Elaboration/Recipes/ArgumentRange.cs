using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Elaboration.Recipes;

/// <summary>Which values a setting or an argument of one takes.</summary>
/// <param name="Kind">What they are, as messages say it.</param>
/// <param name="Needed">What must hold of them.</param>
/// <param name="IsKind">Whether a value is of the kind.</param>
/// <param name="Holds">Whether one of the kind is in the range.</param>
internal sealed record ArgumentRange(string Kind, string Needed, Func<StaticValue, bool> IsKind, Func<StaticValue, bool> Holds)
{
    // No run is longer, and a double still counts them one by one.
    private const double MostSteps = 1e12;

    public static ArgumentRange Positive { get; } = Number("more than 0", n => n > 0);

    public static ArgumentRange NotNegative { get; } = Number("at least 0", n => n >= 0);

    /// <summary>What is kept of a mean, or a momentum.</summary>
    public static ArgumentRange Share { get; } = Number("at least 0 and less than 1", n => n is >= 0 and < 1);

    /// <summary>What is never all and never nothing.</summary>
    public static ArgumentRange Part { get; } = Number("more than 0 and less than 1", n => n is > 0 and < 1);

    public static ArgumentRange UpToOne { get; } = Number("between 0 and 1", n => n is >= 0 and <= 1);

    public static ArgumentRange AtLeastOne { get; } = Number("at least 1", n => n >= 1);

    /// <summary>How many; more than an <c>int</c> of C# holds is no number of anything here.</summary>
    public static ArgumentRange Count { get; } = Whole("from 1 to 2_147_483_647", n => n is >= 1 and <= int.MaxValue);

    public static ArgumentRange NumberFromZero { get; } = Whole("at least 0", n => n >= 0);

    public static ArgumentRange Switch { get; } = new("true or false", "", v => v is BoolValue, _ => true);

    /// <summary>Epochs, steps, or as a plain number a share of the run.</summary>
    public static ArgumentRange Length { get; } = new(
        "a length, such as 5 epochs, 500 steps or 0.1 of the run",
        "more than 0, and as a share of the run at most 1",
        v => IsNumber(v) || v is MeasureValue { Unit: not MeasureUnit.Times },
        v => v is MeasureValue length ? length.Amount > 0 && IsWholeWhereItMust(length) : NumberOf(v) is > 0 and <= 1);

    public static ArgumentRange Steps { get; } = new(
        "a number of steps",
        "from 1 to 1_000_000_000_000",
        v => v is IntValue { Dim.Value: not null } or MeasureValue { Unit: MeasureUnit.Steps },
        v => v is MeasureValue length ? length.Amount >= 1 && IsWholeWhereItMust(length) : NumberOf(v) is >= 1 and <= MostSteps);

    /// <summary>A rate, or how many times the recipe's it is.</summary>
    public static ArgumentRange RateOrFactor { get; } = new(
        "a rate, or a factor such as 0.1x",
        "more than 0",
        v => IsNumber(v) || v is MeasureValue { Unit: MeasureUnit.Times },
        v => v is MeasureValue factor ? factor.Amount > 0 : NumberOf(v) > 0);

    /// <summary>A word, which is looked up where it is used.</summary>
    public static ArgumentRange Word { get; } = new("a word", "", v => v is StringValue, _ => true);

    /// <summary>The value as a number; NaN for what is none.</summary>
    public static double NumberOf(StaticValue? value) => value switch
    {
        FloatValue number => number.Value,
        IntValue { Dim.Value: { } whole } => whole,
        MeasureValue measure => measure.Amount,
        _ => double.NaN,
    };

    private static ArgumentRange Number(string needed, Func<double, bool> holds) =>
        new("a number", needed, IsNumber, v => NumberOf(v) is var number && !double.IsInfinity(number) && holds(number));

    private static ArgumentRange Whole(string needed, Func<long, bool> holds) =>
        new("a whole number", needed, v => v is IntValue { Dim.Value: not null }, v => holds(((IntValue)v).Dim.Value!.Value));

    private static bool IsNumber(StaticValue value) => value is FloatValue or IntValue { Dim.Value: not null };

    // Half an epoch is a length, half a step is none.
    private static bool IsWholeWhereItMust(MeasureValue length) => length.Amount <= MostSteps && (length.Unit != MeasureUnit.Steps || length.Amount % 1 == 0);
}
