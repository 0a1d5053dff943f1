using Dlm.Dsl.Shapes;
using static Dlm.Dsl.Operators.Row;

namespace Dlm.Dsl.Operators;

/// <summary>Matrix products with learned weights, and tables of learned vectors.</summary>
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
        new("embedding", OperatorGroup.Linear, "A learned vector of some width for each of count indices: int[B, T] to [B, T, width].")
        {
            Arguments = [Int("count"), Int("width"), Int("pad_index", minimum: 0) with { IsOptional = true }],
            Type = call =>
            {
                if (!call.NeedsInt()) return null;
                if (call.Value("pad_index") is IntValue { Dim: var pad })
                {
                    var count = call.Int("count");
                    if ((count - pad).Value is < 1)
                    {
                        call.Report("pad_index").ArgumentOutOfRange("pad_index", $"{pad}", $"less than count, which is {count}");
                        return null;
                    }
                    call.Proofs.AtLeast(count - pad, 1, "embedding: pad_index must be less than count");
                }
                return new TensorType([.. call.Input.Dims, call.Int("width")]);
            },
            Weights = call => [new Weight("weight", [call.Int("count"), call.Int("width")])],
            CSharp = call => Layer("Embedding",
                Arg(call.Int("count")), Arg(call.Int("width")), call.Value("pad_index") is { } pad ? Arg(pad) : Code("null", "null")),
        },
    ];

    private static Weight Matrix(OperatorCall call) => new("weight", [call.Int("out"), call.Input[-1]]);
}
