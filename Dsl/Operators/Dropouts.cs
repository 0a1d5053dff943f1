using Dlm.Dsl.Shapes;
using static Dlm.Dsl.Operators.Row;

namespace Dlm.Dsl.Operators;

/// <summary>Dropout.</summary>
internal static class Dropouts
{
    public static IReadOnlyList<Operator> Rows { get; } =
    [
        new("dropout", OperatorGroup.Dropout, "Sets each element to zero with probability p while training and scales the rest by 1 / (1 - p) (Srivastava et al., 2014).")
        {
            Arguments = [Float("p", 0.5)],
            Type = call =>
            {
                if (!call.NeedsFloat("a float tensor")) return null;
                if (call.Value("p") is not FloatValue { Value: < 0 or > 1 } p) return call.Input;
                call.Report("p").ArgumentOutOfRange("p", p.ToString(), "a probability between 0 and 1");
                return null;
            },
            CSharp = call => Function("dropout", Arg(call.Value("p")), Code("training")),
            // Outside training the output is the input.
            IsView = true,
        },
    ];
}
