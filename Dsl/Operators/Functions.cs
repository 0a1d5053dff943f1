using Dlm.Dsl.Shapes;
using static Dlm.Dsl.Operators.Row;

namespace Dlm.Dsl.Operators;

/// <summary>The elementary functions of each element.</summary>
internal static class Functions
{
    public static IReadOnlyList<Operator> Rows { get; } =
    [
        OfNumbers("abs", "The absolute value."),
        OfNumbers("neg", "-x."),
        OfNumbers("sign", "-1, 0 or 1, as x is negative, zero or positive."),
        OfNumbers("square", "x times x."),
        OfFloats("acos", "The arc cosine."),
        OfFloats("asin", "The arc sine."),
        OfFloats("atan", "The arc tangent."),
        OfFloats("ceil", "The least whole number not below x."),
        OfFloats("cos", "The cosine."),
        OfFloats("cosh", "The hyperbolic cosine."),
        OfFloats("erf", "The error function."),
        OfFloats("erfc", "1 - erf(x)."),
        OfFloats("erfinv", "The inverse of the error function, between -1 and 1."),
        OfFloats("exp", "e to the power of x.", savesOutput: true),
        OfFloats("exp2", "2 to the power of x.", savesOutput: true),
        OfFloats("expm1", "exp(x) - 1, exact for small x.", savesOutput: true),
        OfFloats("floor", "The greatest whole number not above x."),
        OfFloats("frac", "What x has behind the point."),
        OfFloats("lgamma", "The logarithm of the gamma function."),
        OfFloats("log", "The natural logarithm."),
        OfFloats("log10", "The logarithm to base 10."),
        OfFloats("log1p", "log(1 + x), exact for small x."),
        OfFloats("log2", "The logarithm to base 2."),
        OfFloats("logit", "log(x / (1 - x)), the inverse of sigmoid."),
        OfFloats("reciprocal", "1 / x.", savesOutput: true),
        OfFloats("round", "The nearest whole number, the even one of two."),
        OfFloats("rsqrt", "1 over the square root.", savesOutput: true),
        OfFloats("sin", "The sine."),
        OfFloats("sinh", "The hyperbolic sine."),
        OfFloats("sqrt", "The square root.", savesOutput: true),
        OfFloats("tan", "The tangent.", savesOutput: true),
        OfFloats("trunc", "x without what it has behind the point."),
        Question("isfinite", "Whether x is neither infinite nor not a number."),
        Question("isinf", "Whether x is infinite."),
        Question("isnan", "Whether x is not a number."),
        new("stop", OperatorGroup.Arithmetic, "x itself, through which no gradient flows: stop(goal).")
        {
            IsView = true,
            StopsGradient = true,
            CSharp = _ => Method("detach"),
        },
        new("clamp", OperatorGroup.Arithmetic, "x, but no less than min and no more than max; one of them can be left out.")
        {
            Arguments = [Number("min"), Number("max")],
            Type = ClampType,
            // A plain number could be a tensor as well.
            CSharp = call => Template($"$input.clamp({Bound(call, "min", 0)}, {Bound(call, "max", 1)})", Arg(call.Value("min")), Arg(call.Value("max"))),
        },
        new("cast", OperatorGroup.Arithmetic, "The same values as another type: a fraction loses what is behind its point, and what is not zero is true.")
        {
            Arguments = [new("to", ArgumentKind.Word, Words: ["float", "float64", "int", "bool"]) { IsStricter = true }],
            Type = call => call.NeedsWord("to") ? call.Input with { Element = TargetOf(call) } : null,
            CSharp = call => Method("to", Code("global::TorchSharp.torch.ScalarType." + TargetOf(call) switch
            {
                ElementType.Float => "Float32",
                ElementType.Float64 => "Float64",
                ElementType.Int => "Int64",
                _ => "Bool",
            })),
            // What is of that type already stays as it is.
            IsView = true,
        },
    ];

    private static Operator OfFloats(string name, string summary, bool savesOutput = false) => new(name, OperatorGroup.Arithmetic, summary)
    {
        Type = call => call.NeedsFloat("a float tensor") ? call.Input : null,
        CSharp = _ => Method(name),
        SavesOutput = savesOutput,
    };

    private static Operator OfNumbers(string name, string summary) => new(name, OperatorGroup.Arithmetic, summary)
    {
        Type = call => call.NeedsNumbers() ? call.Input : null,
        CSharp = _ => Method(name),
    };

    private static Operator Question(string name, string summary) => new(name, OperatorGroup.Arithmetic, summary)
    {
        Type = call => call.NeedsFloat("a float tensor") ? call.Input with { Element = ElementType.Bool } : null,
        CSharp = _ => Method(name),
    };

    // A bound that is left out is none, not zero.
    private static OperatorArgument Number(string name) => new(name, ArgumentKind.Float) { IsOptional = true, IsStricter = true };

    private static string Bound(OperatorCall call, string name, int index) => call.Value(name) is null ? "null" : $"(global::TorchSharp.Scalar)(${index})";

    private static TensorType? ClampType(OperatorCall call)
    {
        if (!call.NeedsFloat("a float tensor")) return null;
        if (call.Value("min") is null && call.Value("max") is null)
        {
            call.Report("min").MissingArgument("clamp", "min", "write clamp(0, 1), clamp(min: 0) or clamp(max: 1)");
            return null;
        }
        if (call.Value("min") is not FloatValue low || call.Value("max") is not FloatValue high || low.Value <= high.Value) return call.Input;
        call.Report("max").ArgumentOutOfRange("max", high.ToString(), $"at least min, which is {low}");
        return null;
    }

    private static ElementType TargetOf(OperatorCall call) => call.Text("to") switch
    {
        "float" => ElementType.Float,
        "float64" => ElementType.Float64,
        "int" => ElementType.Int,
        _ => ElementType.Bool,
    };
}
