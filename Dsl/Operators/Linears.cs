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
            Arguments = [Int("out"), Bool("bias", true), Norm],
            Type = call =>
            {
                if (!call.NeedsFloatOf(1, "at least one dimension") || !call.NeedsWord("norm")) return null;
                if (!call.NeedsKnownWidth(call.Input[-1])) return null;
                return call.Input.WithDims([.. call.Input.Dims.Take(call.Input.Rank - 1), call.Int("out")]);
            },
            Weights = call => WithNorm(call, Matrix(call)),
            Macs = (call, output) => output.Count * call.Input[-1],
            CSharp = call => HasNorm(call)
                ? Normed(call, "Linear", Array("long", call.Int("out"), call.Input[-1]), Arg(call.Value("bias")))
                : Layer("Linear", Arg(call.Input[-1]), Arg(call.Int("out")), Arg(call.Value("bias"), true)),
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

    /// <summary>How a weight is made anew for each call: not at all, by its length and direction (Salimans and Kingma, 2016), or divided by its spectral norm (Miyato et al., 2018).</summary>
    public static OperatorArgument Norm => Word("norm", "none", "weight", "spectral") with { IsStricter = true };

    /// <summary>Whether the weight is made anew for each call.</summary>
    public static bool HasNorm(OperatorCall call) => call.Text("norm") is "weight" or "spectral";

    /// <summary>The layer with its weight made anew for each call.</summary>
    public static CSharpForm Normed(OperatorCall call, string kind, params CSharpArgument[] arguments) => call.Text("norm") == "weight"
        ? OwnLayer($"DlmWeightNorm{kind}", OwnLayers.WeightNorm(kind), arguments)
        : OwnLayer($"DlmSpectralNorm{kind}", OwnLayers.SpectralNorm(kind), arguments);

    /// <summary>What is kept of a weight and its bias, in PyTorch's order.</summary>
    public static Weight[] WithNorm(OperatorCall call, Weight weight)
    {
        Weight[] bias = call.IsOn("bias") ? [new Weight("bias", [call.Int("out")])] : [];
        var (rows, rest) = (weight.Dims[0], weight.Dims.Skip(1).ToArray());
        return call.Text("norm") switch
        {
            "weight" => [.. bias, new Weight("weight_g", [rows, .. rest.Select(_ => Dim.One)]), new Weight("weight_v", weight.Dims)],
            "spectral" =>
            [
                .. bias, new Weight("weight_orig", weight.Dims), new Weight("weight_u", [rows], IsBuffer: true),
                new Weight("weight_v", [rest.Aggregate(Dim.One, (a, b) => a * b)], IsBuffer: true),
            ],
            _ => [weight, .. bias],
        };
    }

    private static Weight Matrix(OperatorCall call) => new("weight", [call.Int("out"), call.Input[-1]]);
}
