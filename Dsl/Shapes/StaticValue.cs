using System.Globalization;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Shapes;

/// <summary>A value that is known when the module is made: a number, a text, a list, or a parameter that stands for one.</summary>
public abstract record StaticValue
{
    /// <summary>What it is, with its article, as messages say it.</summary>
    public abstract string Kind { get; }

    /// <summary>What it is and which, as messages say it: "the number 0.5".</summary>
    public virtual string Described
    {
        get
        {
            var text = ToString()!;
            return $"the {Kind.Substring(Kind.IndexOf(' ') + 1)} {(text.Length <= 40 ? text : text.Substring(0, 37) + "...")}";
        }
    }

    /// <summary>The names of the parameters it is made of.</summary>
    public abstract IEnumerable<string> Parameters { get; }

    /// <summary>Puts known values in the place of parameters; a parameter without one stays.</summary>
    public abstract StaticValue Substitute(Func<string, StaticValue?> value);
}

/// <summary>A whole number.</summary>
public sealed record IntValue(Dim Dim) : StaticValue
{
    /// <inheritdoc/>
    public override string Kind => "a whole number";

    /// <inheritdoc/>
    public override IEnumerable<string> Parameters => Dim.Parameters;

    /// <inheritdoc/>
    public override StaticValue Substitute(Func<string, StaticValue?> value) =>
        new IntValue(Dim.Substitute(s => value(s.Name) is IntValue known ? known.Dim : null, value));

    /// <inheritdoc/>
    public override string ToString() => Dim.ToString();
}

/// <summary>A real number.</summary>
public sealed record FloatValue(double Value) : StaticValue
{
    /// <inheritdoc/>
    public override string Kind => "a number";

    /// <inheritdoc/>
    public override IEnumerable<string> Parameters => [];

    /// <inheritdoc/>
    public override StaticValue Substitute(Func<string, StaticValue?> value) => this;

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("R", CultureInfo.InvariantCulture);
}

/// <summary>True or false.</summary>
public sealed record BoolValue(bool Value) : StaticValue
{
    /// <inheritdoc/>
    public override string Described => ToString();

    /// <inheritdoc/>
    public override string Kind => "true or false";

    /// <inheritdoc/>
    public override IEnumerable<string> Parameters => [];

    /// <inheritdoc/>
    public override StaticValue Substitute(Func<string, StaticValue?> value) => this;

    /// <inheritdoc/>
    public override string ToString() => Value ? "true" : "false";
}

/// <summary>A text.</summary>
public sealed record StringValue(string Value) : StaticValue
{
    /// <inheritdoc/>
    public override string Kind => "a text";

    /// <inheritdoc/>
    public override IEnumerable<string> Parameters => [];

    /// <inheritdoc/>
    public override StaticValue Substitute(Func<string, StaticValue?> value) => this;

    /// <inheritdoc/>
    public override string ToString() => $"\"{Value}\"";
}

/// <summary>Several values: a kernel of <c>(3, 5)</c>, the depths <c>[2, 2, 2, 2]</c>.</summary>
public sealed record ListValue(EquatableArray<StaticValue> Items) : StaticValue
{
    /// <inheritdoc/>
    public override string Kind => "a list";

    /// <inheritdoc/>
    public override IEnumerable<string> Parameters => Items.SelectMany(i => i.Parameters);

    /// <inheritdoc/>
    public override StaticValue Substitute(Func<string, StaticValue?> value) =>
        new ListValue(Items.Select(i => i.Substitute(value)).ToEquatableArray());

    /// <inheritdoc/>
    public override string ToString() => $"({string.Join(", ", Items)})";
}

/// <summary>An open parameter that is no whole number: a rate, a switch, a text. (A whole one is a <see cref="DimSymbol"/>.)</summary>
public sealed record ParameterValue(string Name, ParameterType Type) : StaticValue
{
    /// <inheritdoc/>
    public override string Described => $"'{Name}', which is {Kind}";

    /// <inheritdoc/>
    public override string Kind => Type switch
    {
        ParameterType.Float => "a number",
        ParameterType.Bool => "true or false",
        _ => "a text",
    };

    /// <inheritdoc/>
    public override IEnumerable<string> Parameters => [Name];

    /// <inheritdoc/>
    public override StaticValue Substitute(Func<string, StaticValue?> value) => value(Name) ?? this;

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>Arithmetic on numbers of which one is an open parameter: <c>1 - dropout</c>.</summary>
public sealed record BinaryValue(string Operator, StaticValue Left, StaticValue Right) : StaticValue
{
    /// <inheritdoc/>
    public override string Kind => "a number";

    /// <inheritdoc/>
    public override IEnumerable<string> Parameters => Left.Parameters.Concat(Right.Parameters);

    /// <inheritdoc/>
    public override StaticValue Substitute(Func<string, StaticValue?> value) =>
        Apply(Operator, Left.Substitute(value), Right.Substitute(value));

    /// <inheritdoc/>
    public override string ToString() => $"({Left} {Operator} {Right})";

    /// <summary>Computes what is known and keeps the rest as it is written.</summary>
    public static StaticValue Apply(string sign, StaticValue left, StaticValue right)
    {
        if (NumberOf(left) is not { } x || NumberOf(right) is not { } y) return new BinaryValue(sign, left, right);
        return new FloatValue(sign switch
        {
            "+" => x + y,
            "-" => x - y,
            "*" => x * y,
            "/" => x / y,
            "**" => Math.Pow(x, y),
            _ => throw new ArgumentOutOfRangeException(nameof(sign), sign, null),
        });
    }

    private static double? NumberOf(StaticValue value) => value switch
    {
        FloatValue number => number.Value,
        IntValue { Dim.Value: { } whole } => whole,
        _ => null,
    };
}

/// <summary>The kinds of parameters a model can have.</summary>
public enum ParameterType
{
    /// <summary>A whole number.</summary>
    Int,

    /// <summary>A real number.</summary>
    Float,

    /// <summary>A switch.</summary>
    Bool,

    /// <summary>A text.</summary>
    String,

    /// <summary>A list of whole numbers, of a stated length.</summary>
    IntList,

    /// <summary>A block or model.</summary>
    Block,
}
