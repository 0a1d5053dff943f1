using static Dlm.Dsl.Operators.Row;

namespace Dlm.Dsl.Operators;

/// <summary>Matrix products with learned weights.</summary>
internal static class Linears
{
    public static IReadOnlyList<Operator> Rows { get; } =
    [
        new("linear", OperatorGroup.Linear, "x A^T + b over the last dimension, whose size is inferred.")
        {
            Arguments = [Int("out"), Bool("bias", true)],
            Type = call =>
            {
                if (!call.NeedsFloat("at least one dimension", Enumerable.Range(1, 32).ToArray())) return null;
                if (!call.NeedsKnownWidth(call.Input[-1])) return null;
                return call.Input.WithDims([.. call.Input.Dims.Take(call.Input.Rank - 1), call.Int("out")]);
            },
            Weights = call => call.IsOn("bias") ? [Matrix(call), new Weight("bias", [call.Int("out")])] : [Matrix(call)],
            Macs = (call, output) => output.Count * call.Input[-1],
            CSharp = call => Layer("Linear", Arg(call.Input[-1]), Arg(call.Int("out")), Arg(call.Value("bias"), true)),
        },
    ];

    private static Weight Matrix(OperatorCall call) => new("weight", [call.Int("out"), call.Input[-1]]);
}
