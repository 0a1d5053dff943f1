using Dlm.Dsl.Shapes;
using static Dlm.Dsl.Operators.Row;

namespace Dlm.Dsl.Operators;

/// <summary>Normalisation.</summary>
internal static class Normalizations
{
    public static IReadOnlyList<Operator> Rows { get; } =
    [
        new("batchnorm", OperatorGroup.Normalization, "Batch normalisation over the channels of [B, C], [B, C, L], [B, C, H, W] or [B, C, D, H, W] (Ioffe and Szegedy, 2015); without track it always uses the batch at hand.")
        {
            Arguments = [Float("eps", 1e-5), Float("momentum", 0.1), Bool("affine", true), Bool("track", true)],
            Type = call => call.NeedsFloat("channels in its second dimension, [B, C], [B, C, L], [B, C, H, W] or [B, C, D, H, W]", 2, 3, 4, 5)
                && call.NeedsKnownWidth(call.Input[1]) ? call.Input : null,
            Weights = call => [.. Affine(call, call.Input[1]), .. Running(call)],
            CSharp = call => Layer($"BatchNorm{Math.Max(1, call.Input.Rank - 2)}d",
                Arg(call.Input[1]), Arg(call.Value("eps"), 1e-5), Arg(call.Value("momentum"), 0.1), Arg(call.Value("affine"), true), Arg(call.Value("track"), true)),
        },
        new("layernorm", OperatorGroup.Normalization, "Layer normalisation over the last dimension, or over the last so many (Ba et al., 2016).")
        {
            Arguments = [Float("eps", 1e-5), Bool("affine", true), Int("dims", 1) with { IsStricter = true }],
            Type = LayerType,
            Weights = call => Affine(call, Trailing(call)),
            CSharp = call => Layer("LayerNorm",
                Trailing(call) is [var only] ? Arg(only) : Array("long", Trailing(call)), Arg(call.Value("eps"), 1e-5), Arg(call.Value("affine"), true)),
        },
        new("rmsnorm", OperatorGroup.Normalization, "The last dimension over the root of the mean of its squares, without subtracting the mean (Zhang and Sennrich, 2019).")
        {
            Arguments = [Float("eps", 1e-6), Bool("affine", true)],
            Type = call => call.NeedsFloatOf(1, "at least one dimension") && call.NeedsKnownWidth(call.Input[-1]) ? call.Input : null,
            Weights = call => call.IsOn("affine") ? [new Weight("weight", [call.Input[-1]])] : [],
            CSharp = call => OwnLayer("DlmRmsNorm", OwnLayers.RmsNorm, Arg(call.Input[-1]), Arg(call.Value("eps")), Arg(call.Value("affine"))),
        },
        new("groupnorm", OperatorGroup.Normalization, "Normalisation of each sample over groups of channels of [B, C, ...] (Wu and He, 2018).")
        {
            Arguments = [Int("groups"), Float("eps", 1e-5), Bool("affine", true)],
            Type = call => call.NeedsFloatOf(2, "channels in its second dimension, [B, C, ...]")
                && call.NeedsKnownWidth(call.Input[1])
                && call.NeedsDivisible(call.Input[1], call.Int("groups"), "channels", "groups", "groups") ? call.Input : null,
            Weights = call => Affine(call, call.Input[1]),
            CSharp = call => Layer("GroupNorm", Arg(call.Int("groups")), Arg(call.Input[1]), Arg(call.Value("eps"), 1e-5), Arg(call.Value("affine"), true)),
        },
        new("instancenorm", OperatorGroup.Normalization, "Normalisation of each channel of each sample of [B, C, L], [B, C, H, W] or [B, C, D, H, W] (Ulyanov et al., 2016).")
        {
            Arguments = [Float("eps", 1e-5), Bool("affine", false), Bool("track", false), Float("momentum", 0.1)],
            Type = call => call.NeedsFloat("channels and places, [B, C, L], [B, C, H, W] or [B, C, D, H, W]", 3, 4, 5)
                && call.NeedsKnownWidth(call.Input[1]) ? call.Input : null,
            Weights = call => [.. Affine(call, call.Input[1]), .. Running(call)],
            CSharp = call => Layer($"InstanceNorm{call.Input.Rank - 2}d",
                Arg(call.Input[1]), Arg(call.Value("eps"), 1e-5), Arg(call.Value("momentum"), 0.1), Arg(call.Value("affine"), false), Arg(call.Value("track"), false)),
        },
        new("local_response_norm", OperatorGroup.Normalization, "Each element over a power of the squares of size channels around it, of [B, C, ...] (Krizhevsky et al., 2012).")
        {
            Arguments = [Int("size"), Float("alpha", 1e-4), Float("beta", 0.75), Float("k", 1)],
            Type = call => call.NeedsFloat("channels and places, [B, C, ...]", Enumerable.Range(3, 3).ToArray()) ? call.Input : null,
            CSharp = call => Function("local_response_norm",
                Arg(call.Int("size")), Arg(call.Value("alpha"), 1e-4), Arg(call.Value("beta"), 0.75), Arg(call.Value("k"), 1.0)),
        },
        new("normalize", OperatorGroup.Normalization, "Each vector along a dimension over its p-norm, or over eps where that is larger.")
        {
            Arguments = [Float("p", 2), Int("dim", 1, minimum: long.MinValue), Float("eps", 1e-12)],
            Type = call => call.NeedsFloatOf(1, "at least one dimension") && call.NeedsDimension("dim") ? call.Input : null,
            CSharp = call => Function("normalize", Arg(call.Value("p"), 2.0), Arg(call.Int("dim"), 1), Arg(call.Value("eps"), 1e-12)),
        },
    ];

    private static Weight[] Affine(OperatorCall call, params Dim[] shape) =>
        call.IsOn("affine") ? [new Weight("weight", shape), new Weight("bias", shape)] : [];

    private static Weight[] Running(OperatorCall call) => !call.IsOn("track") ? [] :
    [
        new("running_mean", [call.Input[1]], IsBuffer: true), new("running_var", [call.Input[1]], IsBuffer: true), new("num_batches_tracked", [], IsBuffer: true),
    ];

    private static Dim[] Trailing(OperatorCall call) => [.. call.Input.Dims.Skip(call.Input.Rank - (int)call.Int("dims").Value!.Value)];

    private static TensorType? LayerType(OperatorCall call)
    {
        if (!call.NeedsFloatOf(1, "at least one dimension")) return null;
        if (call.Int("dims").Value is { } dims && dims <= call.Input.Rank) return Trailing(call).All(call.NeedsKnownWidth) ? call.Input : null;
        call.Report("dims").ArgumentOutOfRange("dims", call.Int("dims").ToString(), $"a number known at build time, at most the {call.Input.Rank} dimensions of {call.Input}");
        return null;
    }
}
