using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Elaboration.Recipes;

/// <summary>A number with what it counts: <c>5 epochs</c>, <c>4000 steps</c>, <c>0.1x</c>.</summary>
/// <param name="Amount">The number.</param>
/// <param name="Unit">What it counts.</param>
internal sealed record MeasureValue(double Amount, MeasureUnit Unit) : StaticValue
{
    /// <inheritdoc/>
    public override string Kind => Unit == MeasureUnit.Times ? "a factor" : "a length";

    /// <inheritdoc/>
    public override string Described => ToString();

    /// <inheritdoc/>
    public override IEnumerable<string> Parameters => [];

    /// <inheritdoc/>
    public override StaticValue Substitute(Func<string, StaticValue?> value) => this;

    /// <inheritdoc/>
    public override string ToString()
    {
        var number = new FloatValue(Amount).ToString();
        if (Unit == MeasureUnit.Times) return number + "x";
        var word = Unit == MeasureUnit.Epochs ? "epoch" : "step";
        return $"{number} {word}{(Amount == 1 ? "" : "s")}";
    }
}

/// <summary>What a number counts.</summary>
internal enum MeasureUnit
{
    /// <summary>Times through the data.</summary>
    Epochs,

    /// <summary>Updates of the parameters.</summary>
    Steps,

    /// <summary>How many times as much.</summary>
    Times,
}
