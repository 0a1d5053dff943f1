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
                .. call.IsOn("affine") ? [new Weight("weight", [call.Input[1]]), new Weight("bias", [call.Input[1]])] : Array.Empty<Weight>(),
                new Weight("running_mean", [call.Input[1]], IsBuffer: true),
                new Weight("running_var", [call.Input[1]], IsBuffer: true),
                new Weight("num_batches_tracked", [], IsBuffer: true),
            ],
            CSharp = call => Layer(call.Input.Rank == 4 ? "BatchNorm2d" : "BatchNorm1d",
                Arg(call.Input[1]), Arg(call.Value("eps"), 1e-5), Arg(call.Value("momentum"), 0.1), Arg(call.Value("affine"), true)),
        },
    ];
}
