using static Dlm.Dsl.Operators.Row;

namespace Dlm.Dsl.Operators;

/// <summary>Dropout.</summary>
internal static class Dropouts
{
    private const string DropPath = """
        /// <summary>Sets whole samples to zero and scales the rest.</summary>
        public static global::TorchSharp.torch.Tensor DropPath(global::TorchSharp.torch.Tensor input, double p, bool training)
        {
            if (!training || p == 0) return input.alias();
            var shape = new long[input.shape.Length];
            for (var i = 0; i < shape.Length; i++) shape[i] = i == 0 ? input.shape[0] : 1;
            using var kept = global::TorchSharp.torch.empty(shape, input.dtype, input.device).bernoulli_(1 - p);
            if (p < 1) kept.div_((global::TorchSharp.Scalar)(1 - p));
            return input * kept;
        }
        """;

    public static IReadOnlyList<Operator> Rows { get; } =
    [
        Dropout("dropout", "Sets each element to zero with probability p while training and scales the rest by 1 / (1 - p) (Srivastava et al., 2014).", "a float tensor"),
        Dropout("dropout1d", "Sets each channel of [B, C, L] to zero with probability p while training and scales the rest (Tompson et al., 2015).", "a batch of sequences [B, C, L]", 3),
        Dropout("dropout2d", "Sets each channel of [B, C, H, W] to zero with probability p while training and scales the rest (Tompson et al., 2015).", "an image batch [B, C, H, W]", 4),
        Dropout("dropout3d", "Sets each channel of [B, C, D, H, W] to zero with probability p while training and scales the rest (Tompson et al., 2015).",
            "a batch of volumes [B, C, D, H, W]", 5),
        Dropout("alpha_dropout", "Dropout that keeps mean and variance, for selu (Klambauer et al., 2017).", "a float tensor"),
        Dropout("feature_alpha_dropout", "alpha_dropout of whole channels of [B, C, ...].", "channels in its second dimension, [B, C, ...]", [.. Enumerable.Range(2, 31)]),
        new("drop_path", OperatorGroup.Dropout, "Sets each sample of the batch to zero with probability p while training and scales the rest by 1 / (1 - p): stochastic depth (Huang et al., 2016).")
        {
            Arguments = [Float("p", 0.5) with { IsStricter = true }],
            Type = call => call.NeedsFloatOf(1, "a batch in its first dimension") && call.NeedsProbability("p") ? call.Input : null,
            CSharp = call => Helper("DropPath", DropPath, Arg(call.Value("p")), Code("training")),
            IsView = true,
        },
    ];

    private static Operator Dropout(string name, string summary, string needed, params int[] ranks) => new(name, OperatorGroup.Dropout, summary)
    {
        Arguments = [Float("p", 0.5)],
        Type = call => call.NeedsFloat(needed, ranks) && call.NeedsProbability("p") ? call.Input : null,
        CSharp = call => Function(name, Arg(call.Value("p")), Code("training")),
        // Outside training the output is the input.
        IsView = true,
    };
}
