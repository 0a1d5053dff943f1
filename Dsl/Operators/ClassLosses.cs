using Dlm.Dsl.Shapes;
using static Dlm.Dsl.Operators.Row;

namespace Dlm.Dsl.Operators;

/// <summary>Losses whose target is a class, a sequence of labels, or another vector.</summary>
internal static class ClassLosses
{
    private const string Scores = "scores for each class in dimension 1, [B, C] or [B, C, ...]";

    public static IReadOnlyList<Operator> Rows { get; } =
    [
        new("cross_entropy", OperatorGroup.Loss,
            "Softmax over dimension 1, the classes, and the negative logarithm of the target's: logits [B, C, ...] and classes int[B, ...], or probabilities [B, C, ...]. Targets of ignore_index do not count.")
        {
            Ports = [new("input"), new("target"), new("weight", IsOptional: true)],
            Arguments = [Float("label_smoothing", 0), Int("ignore_index", -100, minimum: long.MinValue), Losses.Reductions],
            Type = EntropyType,
            CSharp = call => Function("cross_entropy", Arg(call.Int("ignore_index"), -100), Losses.Reduction(call), Arg(call.Value("label_smoothing"), 0.0)),
        },
        new("nll", OperatorGroup.Loss, "The negative of the target's log-probability: log-probabilities [B, C, ...] and classes int[B, ...].")
        {
            Ports = [new("input"), new("target"), new("weight", IsOptional: true)],
            Arguments = [Losses.Reductions],
            Type = call => call.NeedsInt(call.Inputs[1], "its target") ? EntropyType(call) : null,
            CSharp = call => Function("nll_loss", Losses.Reduction(call)),
        },
        new("multi_margin", OperatorGroup.Loss, "The margin by which other classes come near the target's: scores [B, C] and classes int[B].")
        {
            Ports = [new("input"), new("target"), new("weight", IsOptional: true)],
            Arguments = [Float("margin", 1), Losses.Reductions],
            Type = call => call.NeedsRank(call.Inputs[0], "scores for each class, [B, C]", 2) && call.NeedsInt(call.Inputs[1], "its target") ? EntropyType(call) : null,
            CSharp = call => Template($"global::TorchSharp.torch.nn.functional.multi_margin_loss($input, $target, 1, $0, $weight, {Losses.Reduction(call).Code})", Arg(call.Value("margin"))),
        },
        new("multilabel_soft_margin", OperatorGroup.Loss, "The mean binary cross-entropy over the labels: logits [B, C] and targets [B, C] of 0 and 1.")
        {
            Ports = [new("input"), new("target"), new("weight", IsOptional: true)],
            Arguments = [Losses.Reductions],
            Type = call => call.NeedsFloat(call.Inputs[0], "its input") && call.NeedsFloat(call.Inputs[1], "its target") && call.NeedsRank(call.Inputs[0], "scores for each label, [B, C]", 2)
                && call.NeedsShape(call.Inputs[1], "its target", call.Input.Dims.ToArray(), "the target has 0 or 1 for each label") && NeedsWeight(call, call.Input[1])
                ? Losses.Reduced(call, [call.Input[0]]) : null,
            CSharp = call => Function("multilabel_soft_margin_loss", Losses.Reduction(call)),
        },
        new("cosine_embedding", OperatorGroup.Loss, "1 - cosine of two vectors where the target is 1, max(0, cosine - margin) where it is -1: [B, d], [B, d] and [B].")
        {
            Ports = [new("input"), new("other"), new("target")],
            Arguments = [Float("margin", 0), Losses.Reductions],
            Type = CosineType,
            CSharp = call => Function("cosine_embedding_loss", Arg(call.Value("margin"), 0.0), Losses.Reduction(call)),
        },
        new("margin_ranking", OperatorGroup.Loss, "max(0, margin - target * (input - other)), the target 1 where the first is to rank higher and -1 where the second.")
        {
            Ports = [new("input"), new("other"), new("target")],
            Arguments = [Float("margin", 0), Losses.Reductions],
            Type = call => NeedsOneShape(call) ? Losses.Reduced(call, call.Input.Dims) : null,
            CSharp = call => Function("margin_ranking_loss", Arg(call.Value("margin"), 0.0), Losses.Reduction(call)),
        },
        new("triplet_margin", OperatorGroup.Loss, "max(0, distance to the positive - distance to the negative + margin) (Schroff et al., 2015): three times [B, d].")
        {
            Ports = [new("anchor"), new("positive"), new("negative")],
            Arguments = [Float("margin", 1), Bool("swap", false), Losses.Reductions],
            Type = call => NeedsOneShape(call) && call.NeedsRank(call.Inputs[0], "vectors, [..., d]", Enumerable.Range(1, 32).ToArray())
                ? Losses.Reduced(call, call.Input.Dims.Take(call.Input.Rank - 1)) : null,
            CSharp = call => Function("triplet_margin_loss", Arg(call.Value("margin"), 1.0), Code("2", "2"), Code("1e-6", "1e-6"), Arg(call.Value("swap"), false), Losses.Reduction(call)),
        },
        new("ctc", OperatorGroup.Loss,
            "Connectionist temporal classification (Graves et al., 2006): log-probabilities [B, T, C], labels int[B, S], and how many steps and labels count of each, int[B].")
        {
            Ports = [new("input"), new("target"), new("input_lengths"), new("target_lengths")],
            Arguments = [Int("blank", 0, minimum: 0), Bool("zero_infinity", false), Losses.Reductions],
            Type = TemporalType,
            SavesOutput = true,
            CSharp = call => Helper("CtcLoss", TimeFirst, Arg(call.Int("blank")), Arg(call.Value("zero_infinity")), Losses.Reduction(call) with { Default = null }),
        },
    ];

    // libtorch has time before the batch.
    private const string TimeFirst = """
        internal static global::TorchSharp.torch.Tensor CtcLoss(
            global::TorchSharp.torch.Tensor input, global::TorchSharp.torch.Tensor target, global::TorchSharp.torch.Tensor input_lengths, global::TorchSharp.torch.Tensor target_lengths,
            long blank, bool zero_infinity, global::TorchSharp.torch.nn.Reduction reduction)
        {
            using var steps = input.transpose(0, 1);
            return global::TorchSharp.torch.nn.functional.ctc_loss(steps, target, input_lengths, target_lengths, blank, zero_infinity, reduction);
        }
        """;

    private static TensorType? EntropyType(OperatorCall call)
    {
        var (input, target) = (call.Inputs[0], call.Inputs[1]);
        if (!call.NeedsFloat(input, "its input") || !call.NeedsRank(input, Scores, Enumerable.Range(1, 31).ToArray())) return null;
        var at = input.Type.Rank == 1 ? 0 : 1;
        var classes = input.Type[at];
        var others = input.Type.Dims.Where((_, i) => i != at).ToArray();
        if (target.Type.Element is ElementType.Float or ElementType.Float64 && call.Operator.Name == "cross_entropy")
        {
            if (!call.NeedsShape(target, "its target", input.Type.Dims.ToArray(), "a target of probabilities has the logits' shape; one of classes is int[B, ...]")) return null;
            if (!call.NeedsOneFloatType()) return null;
            if (call.Int("ignore_index").Value is >= 0 and { } ignored)
            {
                call.Report("ignore_index").ArgumentOutOfRange("ignore_index", $"{ignored}", "left out where the target holds probabilities");
                return null;
            }
            call.Proofs.AtLeast(call.Int("ignore_index") * -1, 1, "cross_entropy: ignore_index must be negative where the target holds probabilities");
        }
        else if (!call.NeedsInt(target, "its target")
            || !call.NeedsShape(target, "its target", others, LooksTransposed(input.Type, target.Type)
                ? $"the classes stand in dimension 1: transpose({input.Type.Rank - 1}, 1) the input, or flatten(0, -2) it and flatten(0) the target"
                : "a target of classes has the input's shape without dimension 1"))
        {
            return null;
        }
        if (call.Operator.Name == "cross_entropy" && !call.NeedsProbability("label_smoothing")) return null;
        return NeedsWeight(call, classes) ? Losses.Reduced(call, others) : null;
    }

    // [B, T, C] and int[B, T]: the most frequent mistake with sequences.
    private static bool LooksTransposed(TensorType input, TensorType target) =>
        input.Rank > 2 && target.Rank == input.Rank - 1 && Enumerable.Range(0, target.Rank).All(i => target[i].Equals(input[i]));

    private static bool NeedsWeight(OperatorCall call, Dim classes) =>
        call.NeedsFloat(call.Port("weight"), "its weight") && call.NeedsShape(call.Port("weight"), "its weight", [classes], "a weight holds a number for each class");

    private static bool NeedsOneShape(OperatorCall call) => call.Inputs.All(i => call.NeedsFloat(i, "each of its tensors"))
        && call.Inputs.Skip(1).All(i => call.NeedsShape(i, i == call.Inputs[1] ? $"its {call.Operator.Ports[1].Name}" : $"its {call.Operator.Ports[2].Name}", call.Input.Dims.ToArray(), "all have one shape; a loss does not broadcast"));

    private static TensorType? CosineType(OperatorCall call)
    {
        var (input, other, target) = (call.Inputs[0], call.Inputs[1], call.Inputs[2]);
        if (!call.NeedsFloat(input, "its input") || !call.NeedsFloat(other, "its other side") || !call.NeedsNumbers(target, "its target")) return null;
        if (!call.NeedsRank(input, "vectors, [B, d] or [d]", 1, 2) || !call.NeedsShape(other, "its other side", input.Type.Dims.ToArray(), "both sides have one shape")) return null;
        if (!call.NeedsShape(target, "its target", input.Type.Dims.Take(input.Type.Rank - 1).ToArray(), "the target has 1 or -1 for each pair")) return null;
        return Losses.Reduced(call, target.Type.Dims);
    }

    private static TensorType? TemporalType(OperatorCall call)
    {
        var (input, target) = (call.Inputs[0], call.Inputs[1]);
        if (!call.NeedsFloat(input, "its input") || !call.NeedsRank(input, "log-probabilities of each step, [B, T, C]", 3)) return null;
        if (!call.NeedsInt(target, "its target") || !call.NeedsRank(target, "labels of each sequence, int[B, S], as its target", 2)) return null;
        if (!call.NeedsShape(target, "its target", [input.Type[0], target.Type[1]], "both have one batch")) return null;
        foreach (var lengths in call.Inputs.Skip(2))
        {
            if (!call.NeedsInt(lengths, "lengths") || !call.NeedsShape(lengths, "lengths", [input.Type[0]], "there is one length for each sequence")) return null;
        }
        if (call.Int("blank").Value is { } blank && input.Type[2].Value is { } classes && blank >= classes)
        {
            call.Report("blank").ArgumentOutOfRange("blank", $"{blank}", $"less than the number of classes, which is {classes}");
            return null;
        }
        call.Proofs.AtLeast(input.Type[2] - call.Int("blank"), 1, "ctc: blank must be less than the number of classes");
        return Losses.Reduced(call, [input.Type[0]]);
    }
}
