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

    private static string Inside(string text)
    {
        var quoted = CSharpNames.Quote(text);
        return quoted.Substring(1, quoted.Length - 2);
    }
}
