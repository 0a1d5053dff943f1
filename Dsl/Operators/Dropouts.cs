using Dlm.Dsl.Shapes;
using static Dlm.Dsl.Operators.Row;

namespace Dlm.Dsl.Operators;

/// <summary>Dropout.</summary>
internal static class Dropouts
{
    public static IReadOnlyList<Operator> Rows { get; } =
    [
        Dropout("dropout", "Sets each element to zero with probability p while training and scales the rest by 1 / (1 - p) (Srivastava et al., 2014).", "a float tensor"),
        Dropout("dropout2d", "Sets each channel of [B, C, H, W] to zero with probability p while training and scales the rest (Tompson et al., 2015).",
            "an image batch [B, C, H, W]", 4),
        Dropout("alpha_dropout", "Dropout that keeps mean and variance, for selu (Klambauer et al., 2017).", "a float tensor"),
    ];

    private static Operator Dropout(string name, string summary, string needed, params int[] ranks) => new(name, OperatorGroup.Dropout, summary)
    {
        Arguments = [Float("p", 0.5)],
        Type = call =>
        {
            if (!call.NeedsFloat(needed, ranks)) return null;
            if (call.Value("p") is not FloatValue { Value: < 0 or > 1 } p) return call.Input;
            call.Report("p").ArgumentOutOfRange("p", p.ToString(), "a probability between 0 and 1");
            return null;
        },
        CSharp = call => Function(name, Arg(call.Value("p")), Code("training")),
        // Outside training the output is the input.
        IsView = true,
    };
}
