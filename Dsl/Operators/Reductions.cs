using Dlm.Dsl.Shapes;
using static Dlm.Dsl.Operators.Row;

namespace Dlm.Dsl.Operators;

/// <summary>What makes one value of a whole dimension, of several, or of all.</summary>
internal static class Reductions
{
    private static readonly OperatorArgument Keep = Bool("keep", false);

    public static IReadOnlyList<Operator> Rows { get; } =
    [
        OverAny("max", "The largest value of a tensor, or along some dimensions.", "amax", call => call.NeedsNumbers() ? call.Input.Element : null, savesOutput: true, whole: "max"),
        OverAny("min", "The smallest value of a tensor, or along some dimensions.", "amin", call => call.NeedsNumbers() ? call.Input.Element : null, savesOutput: true, whole: "min"),
        OverAny("mean", "The mean of a tensor, or along some dimensions.", "mean", FloatOf),
        OverAny("sum", "The sum of a tensor, or along some dimensions; of bool it counts what is true.", "sum", CountOf),
        Spread("std", "The standard deviation of a tensor, or along some dimensions; unbiased, it divides by one less than there are.", savesOutput: true),
        Spread("var", "The variance of a tensor, or along some dimensions; unbiased, it divides by one less than there are.", savesOutput: false),
        new("norm", OperatorGroup.Reduction, "The p-th root of the sum of the p-th powers of a tensor, or along some dimensions.")
        {
            Arguments = [Float("p", 2), IntOrList("dim", isOptional: true, minimum: long.MinValue), Keep],
            Type = call => FloatOf(call) is { } element ? Reduced(call, element) : null,
            CSharp = call => new CSharpForm(CSharpFormKind.TorchFunction, "linalg.vector_norm",
                Arg(call.Value("p"), 2.0), call.Value("dim") is null ? Code("null", "null") : Dims(call), Arg(call.Value("keep"), false)),
            SavesOutput = true,
        },
        new("count_nonzero", OperatorGroup.Reduction, "How many values of a tensor are not zero, or along some dimensions.")
        {
            Arguments = [IntOrList("dim", isOptional: true, minimum: long.MinValue)],
            Type = call => Reduced(call, ElementType.Int),
            CSharp = call => Method("count_nonzero", call.Value("dim") is null ? Code("null", "null") : Dims(call)),
        },
        OverOne("argmax", "The place of the largest value of a tensor, flattened, or along a dimension.", call => call.NeedsNumbers() ? ElementType.Int : null),
        OverOne("argmin", "The place of the smallest value of a tensor, flattened, or along a dimension.", call => call.NeedsNumbers() ? ElementType.Int : null),
        OverOne("all", "Whether all values of a tensor are true, or not zero, or along a dimension.", _ => ElementType.Bool),
        OverOne("any", "Whether any value of a tensor is true, or not zero, or along a dimension.", _ => ElementType.Bool),
        OverOne("prod", "The product of a tensor, or along a dimension.", CountOf, savesOutput: true),
        new("median", OperatorGroup.Reduction, "The middle value of a tensor, the lower one of two.")
        {
            Type = call => call.NeedsNumbers() ? new TensorType(call.Input.Element, []) : null,
            CSharp = _ => Method("median"),
            SavesOutput = true,
        },
        new("logsumexp", OperatorGroup.Reduction, "The logarithm of the sum of exp(x) along a dimension.")
        {
            Arguments = [Int("dim", minimum: long.MinValue), Keep],
            Type = call => FloatOf(call) is { } element ? Reduced(call, element) : null,
            CSharp = call => Method("logsumexp", Arg(call.Int("dim")), Arg(call.Value("keep"), false)),
            SavesOutput = true,
        },
        Along("cumsum", "The sum of each value and those before it along a dimension.", CountOf),
        Along("cumprod", "The product of each value and those before it along a dimension.", CountOf, savesOutput: true),
        Along("logcumsumexp", "The logarithm of the sum of exp(x) of each value and those before it along a dimension.", FloatOf, savesOutput: true),
    ];

    /// <summary>A reduction over any dimensions, by a method that takes them as an array.</summary>
    private static Operator OverAny(string name, string summary, string method, Func<OperatorCall, ElementType?> element, bool savesOutput = false, string? whole = null) =>
        new(name, OperatorGroup.Reduction, summary)
        {
            Arguments = [IntOrList("dim", isOptional: true, minimum: long.MinValue), Keep],
            Type = call => element(call) is { } of ? Reduced(call, of) : null,
            CSharp = call => IsWhole(call) ? Method(whole ?? method) : Method(method, Dims(call), Arg(call.Value("keep"), false)),
            SavesOutput = savesOutput,
        };

    private static Operator Spread(string name, string summary, bool savesOutput) => new(name, OperatorGroup.Reduction, summary)
    {
        Arguments = [IntOrList("dim", isOptional: true, minimum: long.MinValue), Bool("unbiased", true), Keep],
        Type = call => FloatOf(call) is { } element ? Reduced(call, element) : null,
        CSharp = call => IsWhole(call)
            ? Method(name, Arg(call.Value("unbiased"), true))
            : Method(name, Dims(call), Arg(call.Value("unbiased"), true), Arg(call.Value("keep"), false)),
        SavesOutput = savesOutput,
    };

    /// <summary>A reduction over one dimension or all.</summary>
    private static Operator OverOne(string name, string summary, Func<OperatorCall, ElementType?> element, bool savesOutput = false) =>
        new(name, OperatorGroup.Reduction, summary)
        {
            Arguments = [Int("dim", minimum: long.MinValue) with { IsOptional = true }, Keep with { IsStricter = true }],
            Type = call =>
            {
                if (element(call) is not { } of) return null;
                if (call.Value("dim") is not null || !call.IsOn("keep")) return Reduced(call, of);
                call.Report("keep").ArgumentOutOfRange("keep", call.Value("keep")!.ToString()!, "false where dim is left out");
                return null;
            },
            // Of prod a plain 0 would be an element type.
            CSharp = call => call.Value("dim") is null ? Method(name) : Method(name, name == "prod" ? Code($"{call.Int("dim")}L") : Arg(call.Int("dim")), Arg(call.Value("keep"), false)),
            SavesOutput = savesOutput,
        };

    private static Operator Along(string name, string summary, Func<OperatorCall, ElementType?> element, bool savesOutput = false) =>
        new(name, OperatorGroup.Reduction, summary)
        {
            Arguments = [Int("dim", minimum: long.MinValue)],
            Type = call => element(call) is { } of && call.NeedsRank(1, "at least one dimension") && call.NeedsDimension("dim") ? call.Input with { Element = of } : null,
            CSharp = call => Method(name, Arg(call.Int("dim"))),
            SavesOutput = savesOutput,
        };

    private static ElementType? FloatOf(OperatorCall call) => call.NeedsFloat("a float tensor") ? call.Input.Element : null;

    private static ElementType? CountOf(OperatorCall call) => call.Input.Element == ElementType.Bool ? ElementType.Int : call.Input.Element;

    private static bool IsWhole(OperatorCall call) => call.Value("dim") is null && (call.Input.Rank == 0 || !call.IsOn("keep"));

    // Left out, it is all of them.
    private static CSharpArgument Dims(OperatorCall call) =>
        Array("long", call.Value("dim") is null ? [.. Enumerable.Range(0, call.Input.Rank).Select(i => (Dim)i)] : call.Sizes("dim"));

    private static TensorType? Reduced(OperatorCall call, ElementType element)
    {
        if (call.Positions("dim") is not { } positions) return null;
        var keeps = false;
        if (call.Value("keep") is not null)
        {
            if (!call.NeedsKnown("keep")) return null;
            keeps = call.IsOn("keep");
        }
        var dims = call.Input.Dims.Select((dim, i) => positions.Contains(i) ? Dim.One : dim).Where((_, i) => keeps || !positions.Contains(i));
        return call.Input.WithDims(dims) with { Element = element };
    }
}
