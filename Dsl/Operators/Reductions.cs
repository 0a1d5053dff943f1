using Dlm.Dsl.Shapes;
using static Dlm.Dsl.Operators.Row;

namespace Dlm.Dsl.Operators;

/// <summary>What makes one value of a whole dimension, or of two.</summary>
internal static class Reductions
{
    public static IReadOnlyList<Operator> Rows { get; } =
    [
        Reduction("max", "The largest value along one dimension or two.", "amax", savesOutput: true),
        Reduction("mean", "The mean along one dimension or two.", "mean", needsFloat: true),
        Reduction("min", "The smallest value along one dimension or two.", "amin", savesOutput: true),
        Reduction("sum", "The sum along one dimension or two.", "sum"),
    ];

    private static Operator Reduction(string name, string summary, string method, bool needsFloat = false, bool savesOutput = false) =>
        new(name, OperatorGroup.Arithmetic, summary)
        {
            Arguments = [IntOrPair("dim", minimum: long.MinValue), Bool("keep", false)],
            Type = call => NeedsNumbers(call, needsFloat) ? ReducedType(call) : null,
            CSharp = call => Method(method, Array("long", Dims(call)), Arg(call.Value("keep"), false)),
            SavesOutput = savesOutput,
        };

    private static Dim[] Dims(OperatorCall call) => call.Value("dim") is ListValue ? [call.Pair("dim").Height, call.Pair("dim").Width] : [call.Int("dim")];

    private static bool NeedsNumbers(OperatorCall call, bool needsFloat)
    {
        if (needsFloat) return call.NeedsFloat("a float tensor");
        if (call.Input.Element != ElementType.Bool) return true;
        call.Report().WrongElementType(call.Operator.Name, "a tensor of numbers", call.Input, call.Origin);
        return false;
    }

    private static TensorType? ReducedType(OperatorCall call)
    {
        if (call.Positions("dim") is not { } positions) return null;
        if (call.Value("keep") is BoolValue { Value: var keeps })
            return call.Input.WithDims(call.Input.Dims.Select((dim, i) => positions.Contains(i) ? Dim.One : dim).Where((_, i) => keeps || !positions.Contains(i)));
        call.Report("keep").ArgumentOutOfRange("keep", call.Value("keep")!.ToString()!, "true or false, known at build time");
        return null;
    }
}
