using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Emission;

/// <summary>Writes the message of a check: what the compiler says of the same mistake, with the values that it meets.</summary>
internal static class ClaimText
{
    /// <summary><c>"Net: 'H % 16 == 0' does not hold for H = " + sizeH + "."</c>, and for a requirement <paramref name="help"/>.</summary>
    public static string Of(string moduleName, Claim claim, CSharpValues values, string help, bool saysValues = true)
    {
        var names = !saysValues ? [] : Condition.SymbolsOf(claim.Condition).Select(s => s.Name).Concat(claim.Condition.Parameters).Distinct();
        var shown = string.Join(", ", names.Select(name => $"{Inside(name)} = \" + {values.Name(name)} + \""));
        return $"\"{Inside($"{moduleName}: {claim.Message}")}{(shown.Length == 0 ? "" : claim.IsRequirement ? " for " : ", but ")}{shown}.{(claim.IsRequirement ? Inside(" " + help) : "")}\"";
    }

    /// <summary>Writes the check that a list has as many items as its parameter says.</summary>
    public static void WriteLengthCheck(IndentedWriter writer, string className, ModelParameter parameter)
    {
        var name = CSharpNames.Quote(parameter.Name);
        writer.Line($"if ({CSharpNames.Escape(parameter.Name)}.Length != {parameter.Length}) throw new global::System.ArgumentException({CSharpNames.Quote($"{className}: {parameter.Name} has {parameter.Length} items.")}, {name});");
    }

    /// <summary>Writes what a constructor has to check of its parameters.</summary>
    public static void WriteCheck(IndentedWriter writer, string className, Claim check, CSharpValues values)
    {
        // ArgumentOutOfRangeException says the value itself.
        var only = check.Condition is Comparison { Left: IntValue { Dim.AsSymbol: { } symbol }, Right: IntValue { Dim.Value: not null } } && !symbol.Name.Contains('[') ? symbol.Name : null;
        var message = Of(className, check, values, "Choose other arguments.", saysValues: only is null || check.IsRequirement);
        var exception = only is not null
            ? $"global::System.ArgumentOutOfRangeException({CSharpNames.Quote(only)}, {values.Name(only)}, {message})"
            : $"global::System.ArgumentException({message})";
        writer.Line($"if ({values.Write(Condition.Not(check.Condition))}) throw new {exception};");
    }

    private static string Inside(string text)
    {
        var quoted = CSharpNames.Quote(text);
        return quoted.Substring(1, quoted.Length - 2);
    }
}
