using static Dlm.Dsl.Operators.Row;

namespace Dlm.Dsl.Operators;

/// <summary>The elementary functions of each element.</summary>
internal static class Functions
{
    public static IReadOnlyList<Operator> Rows { get; } =
    [
        Elementwise("abs", "The absolute value."),
        Elementwise("cos", "The cosine."),
        Elementwise("erf", "The error function."),
        Elementwise("exp", "e to the power of x.", savesOutput: true),
        Elementwise("log", "The natural logarithm."),
        Elementwise("reciprocal", "1 / x.", savesOutput: true),
        Elementwise("rsqrt", "1 over the square root.", savesOutput: true),
        Elementwise("sin", "The sine."),
        Elementwise("sqrt", "The square root.", savesOutput: true),
        Elementwise("square", "x times x."),
    ];

    private static Operator Elementwise(string name, string summary, bool savesOutput = false) => new(name, OperatorGroup.Arithmetic, summary)
    {
        Type = call => call.NeedsFloat("a float tensor") ? call.Input : null,
        CSharp = _ => Method(name),
        SavesOutput = savesOutput,
    };
}
