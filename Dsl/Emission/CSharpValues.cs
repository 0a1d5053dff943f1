using System.Globalization;
using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Emission;

/// <summary>Writes sizes and values as C#, parameters by the names that <paramref name="nameOf"/> gives them.</summary>
/// <param name="nameOf">What a parameter is called in C#.</param>
/// <param name="floorDivide">What <see cref="FloorDivideMethod"/> is called.</param>
internal sealed class CSharpValues(Func<string, string> nameOf, string floorDivide)
{
    private CSharpValues? outer;

    /// <summary>Whether a size that was written needs <see cref="FloorDivideMethod"/>.</summary>
    public bool UsesFloorDivide { get; private set; }

    /// <summary>C# rounds a quotient towards zero, the language rounds it down.</summary>
    public string FloorDivideMethod =>
        $"private static long {floorDivide}(long a, long b) => a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);";

    /// <summary>The same with other names, for a place where some are known by another.</summary>
    public CSharpValues Naming(Func<string, string> names) => new(names, floorDivide) { outer = this };

    /// <summary>The same, with locals for some names.</summary>
    public CSharpValues Extending(IReadOnlyDictionary<string, string> locals) => Naming(name => locals.TryGetValue(name, out var local) ? local : nameOf(name));

    /// <summary>The arguments of a call, without those at its end that are TorchSharp's defaults.</summary>
    public string Arguments(CSharpForm form)
    {
        var last = form.Arguments.Length;
        while (last > 0 && form.Arguments[last - 1].IsDefault) last--;
        return string.Join(", ", form.Arguments.Take(last).Select(Write));
    }

    /// <summary>An argument.</summary>
    public string Write(CSharpArgument argument) => argument switch
    {
        { Code: { } code } => code,
        { ArrayOf: { } element, Value: ListValue list } => $"new {element}[] {{ {string.Join(", ", list.Items.Select(Write))} }}",
        _ => Write(argument.Value!),
    };

    /// <summary>A number that stands in the place of a tensor: 2.0 makes floats of whole numbers, and has to say so.</summary>
    public string WriteOperand(StaticValue value) => value is FloatValue { Value: var number } && number % 1 == 0 && Math.Abs(number) < 1e15
        ? number.ToString("0.0", CultureInfo.InvariantCulture)
        : Write(value);

    public string Write(StaticValue value) => value switch
    {
        IntValue whole => Write(whole.Dim),
        FloatValue number => Write(number.Value),
        BoolValue flag => flag.Value ? "true" : "false",
        StringValue text => CSharpNames.Quote(text.Value),
        ListValue list => $"({string.Join(", ", list.Items.Select(Write))})",
        ParameterValue parameter => Name(parameter.Name),
        Comparison { Sign: "==" or "!=", Left: IntValue left, Right: IntValue right } comparison when Remainder(left.Dim - right.Dim) is { } remainder =>
            $"{Grouped(remainder.Numerator)} % {Grouped(remainder.Denominator)} {comparison.Sign} 0",
        Comparison comparison => $"{Side(comparison.Left)} {comparison.Sign} {Side(comparison.Right)}",
        Combination both => $"({Write(both.Left)} {(both.Sign == "and" ? "&&" : "||")} {Write(both.Right)})",
        Negation negation => $"!{Write(negation.Operand)}",
        BinaryValue { Operator: "**", Right: FloatValue { Value: 0.5 } } root => $"global::System.Math.Sqrt({Write(root.Left)})",
        BinaryValue { Operator: "**" } power => $"global::System.Math.Pow({Write(power.Left)}, {Write(power.Right)})",
        // A quotient of numbers of which one is whole is not rounded in the language.
        BinaryValue { Operator: "/" } quotient => $"((double){Operand(quotient.Left)} / {Operand(quotient.Right)})",
        BinaryValue binary => $"({Operand(binary.Left)} {binary.Operator} {Operand(binary.Right)})",
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    // n - d * (n / d), times a number or not, is what is left when d divides n; whether that is zero C# decides as the language does.
    private static DimQuotient? Remainder(Dim size)
    {
        foreach (var (coefficient, atoms) in size.Terms)
        {
            if (atoms.OfType<DimQuotient>().FirstOrDefault() is not { } quotient) continue;
            var factor = quotient.Denominator.Terms.First().Coefficient;
            if (coefficient % factor == 0 && (quotient.Numerator % quotient.Denominator * (-coefficient / factor)).Equals(size)) return quotient;
        }
        return null;
    }

    private string Operand(StaticValue value) => value is IntValue whole ? Grouped(whole.Dim) : Write(value);

    private string Grouped(Dim dim) => dim.Value is not null || dim.AsSymbol is not null ? Write(dim) : $"({Write(dim)})";

    private string Side(StaticValue value) => value is Condition ? $"({Write(value)})" : Write(value);

    public static string Write(double value) => value switch
    {
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        double.NaN => "double.NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    public string Write(Dim dim)
    {
        if (dim.Value is { } known) return known == long.MinValue ? "long.MinValue" : known.ToString(CultureInfo.InvariantCulture);
        var text = "";
        foreach (var (coefficient, atoms) in dim.Terms)
        {
            var factors = atoms.Select(Write);
            var product = Math.Abs(coefficient) == 1 && atoms.Count > 0
                ? string.Join(" * ", factors)
                : string.Join(" * ", factors.Prepend(Math.Abs(coefficient).ToString(CultureInfo.InvariantCulture)));
            text += text.Length > 0 ? (coefficient < 0 ? " - " : " + ") : coefficient < 0 ? "-" : "";
            text += product;
        }
        return text;
    }

    private string Write(DimAtom atom)
    {
        switch (atom)
        {
            case DimQuotient quotient:
                for (var values = this; values is not null; values = values.outer) values.UsesFloorDivide = true;
                return $"{floorDivide}({Write(quotient.Numerator)}, {Write(quotient.Denominator)})";
            case DimChoice choice:
                return $"({Write(choice.Condition)} ? {Write(choice.WhenTrue)} : {Write(choice.WhenFalse)})";
            default:
                return Name(atom.Text);
        }
    }

    // depths[0] is an item of the parameter depths.
    public string Name(string name)
    {
        var bracket = name.IndexOf('[');
        return bracket < 0 ? nameOf(name) : nameOf(name.Substring(0, bracket)) + name.Substring(bracket);
    }
}
