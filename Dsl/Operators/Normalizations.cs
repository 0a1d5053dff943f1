using Dlm.Dsl.Shapes;
using static Dlm.Dsl.Operators.Row;

namespace Dlm.Dsl.Operators;

/// <summary>Normalisation.</summary>
internal static class Normalizations
{
    public static IReadOnlyList<Operator> Rows { get; } =
    [
        new("batchnorm", OperatorGroup.Normalization, "Batch normalisation over the channels of [B, C], [B, C, L] or [B, C, H, W] (Ioffe and Szegedy, 2015).")
        {
            Arguments = [Float("eps", 1e-5), Float("momentum", 0.1), Bool("affine", true)],
            Type = call => call.NeedsFloat("channels in its second dimension, [B, C], [B, C, L] or [B, C, H, W]", 2, 3, 4)
                && call.NeedsKnownWidth(call.Input[1]) ? call.Input : null,
            Weights = call =>
            [
                .. Affine(call, call.Input[1]),
                new Weight("running_mean", [call.Input[1]], IsBuffer: true),
                new Weight("running_var", [call.Input[1]], IsBuffer: true),
                new Weight("num_batches_tracked", [], IsBuffer: true),
            ],
            CSharp = call => Layer(call.Input.Rank == 4 ? "BatchNorm2d" : "BatchNorm1d",
                Arg(call.Input[1]), Arg(call.Value("eps"), 1e-5), Arg(call.Value("momentum"), 0.1), Arg(call.Value("affine"), true)),
        },
        new("layernorm", OperatorGroup.Normalization, "Layer normalisation over the last dimension (Ba et al., 2016).")
        {
            Arguments = [Float("eps", 1e-5), Bool("affine", true)],
            Type = call => call.NeedsFloat("at least one dimension", Enumerable.Range(1, 32).ToArray()) && call.NeedsKnownWidth(call.Input[-1]) ? call.Input : null,
            Weights = call => Affine(call, call.Input[-1]),
            CSharp = call => Layer("LayerNorm", Arg(call.Input[-1]), Arg(call.Value("eps"), 1e-5), Arg(call.Value("affine"), true)),
        },
        new("groupnorm", OperatorGroup.Normalization, "Normalisation of each sample over groups of channels of [B, C, ...] (Wu and He, 2018).")
        {
            Arguments = [Int("groups"), Float("eps", 1e-5), Bool("affine", true)],
            Type = call => call.NeedsFloat("channels in its second dimension, [B, C, ...]", Enumerable.Range(2, 31).ToArray())
                && call.NeedsKnownWidth(call.Input[1])
                && call.NeedsDivisible(call.Input[1], call.Int("groups"), "channels", "groups", "groups") ? call.Input : null,
            Weights = call => Affine(call, call.Input[1]),
            CSharp = call => Layer("GroupNorm", Arg(call.Int("groups")), Arg(call.Input[1]), Arg(call.Value("eps"), 1e-5), Arg(call.Value("affine"), true)),
        },
        new("instancenorm", OperatorGroup.Normalization, "Normalisation of each channel of each sample of [B, C, L], [B, C, H, W] or [B, C, D, H, W] (Ulyanov et al., 2016).")
        {
            Arguments = [Float("eps", 1e-5), Bool("affine", false)],
            Type = call => call.NeedsFloat("channels and places, [B, C, L], [B, C, H, W] or [B, C, D, H, W]", 3, 4, 5)
                && call.NeedsKnownWidth(call.Input[1]) ? call.Input : null,
            Weights = call => Affine(call, call.Input[1]),
            CSharp = call => Layer($"InstanceNorm{call.Input.Rank - 2}d",
                Arg(call.Input[1]), Arg(call.Value("eps"), 1e-5), Arg(new FloatValue(0.1), 0.1), Arg(call.Value("affine"), false)),
        },
        new("local_response_norm", OperatorGroup.Normalization, "Each element over a power of the squares of size channels around it, of [B, C, ...] (Krizhevsky et al., 2012).")
        {
            Arguments = [Int("size"), Float("alpha", 1e-4), Float("beta", 0.75), Float("k", 1)],
            Type = call => call.NeedsFloat("channels and places, [B, C, ...]", Enumerable.Range(3, 3).ToArray()) ? call.Input : null,
            CSharp = call => Function("local_response_norm",
                Arg(call.Int("size")), Arg(call.Value("alpha"), 1e-4), Arg(call.Value("beta"), 0.75), Arg(call.Value("k"), 1.0)),
        },
    ];

    private static Weight[] Affine(OperatorCall call, Dim width) =>
        call.IsOn("affine") ? [new Weight("weight", [width]), new Weight("bias", [width])] : [];
}
