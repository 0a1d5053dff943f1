using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Shapes;
using static Dlm.Dsl.Operators.Row;

namespace Dlm.Dsl.Operators;

/// <summary>
/// What is minimised, of a prediction and a target. Sides of different shapes are refused: broadcasting would compare each
/// prediction with each target and train towards the mean.
/// </summary>
internal static class Losses
{
    private const string MeanReduction = "global::TorchSharp.torch.nn.Reduction.Mean";
    private static readonly OperatorPort[] Sides = [new("input"), new("target", TakesNumber: true)];

    public static IReadOnlyList<Operator> Rows { get; } =
    [
        Elementwise("mse", "The square of the difference, its mean by default.", "mse_loss"),
        Elementwise("l1", "The absolute difference, its mean by default.", "l1_loss"),
        Elementwise("smooth_l1", "Half the square of the difference over beta where it is less than beta, else the absolute difference less half beta (Girshick, 2015).",
            "smooth_l1_loss", reductionFirst: true, Float("beta", 1)),
        Elementwise("huber", "Half the square of the difference where it is less than delta, else delta times the absolute difference less half delta (Huber, 1964).",
            "huber_loss", reductionFirst: false, Float("delta", 1)),
        WithWeight("bce", "Binary cross-entropy of probabilities and a target between 0 and 1.", "binary_cross_entropy"),
        WithWeight("bce_with_logits", "Binary cross-entropy of logits and a target between 0 and 1; pos_weight multiplies the loss of positives.",
            "binary_cross_entropy_with_logits", takesPositives: true),
        new("kl_div", OperatorGroup.Loss, "The divergence of Kullback and Leibler from log-probabilities to target probabilities, or with log_target to log-probabilities. Its definition is reduction \"batchmean\".")
        {
            Ports = [new("input"), new("target")],
            Arguments = [Word("reduction", "mean", "sum", "none", "batchmean"), Bool("log_target", false)],
            Type = DivergenceType,
            CSharp = call => IsReduction(call, "batchmean")
                ? Helper("KlDivBatchMean", BatchMean, Arg(call.Value("log_target")))
                : Function("kl_div", Arg(call.Value("log_target"), true), Reduction(call)),
        },
        new("poisson_nll", OperatorGroup.Loss, "The negative log-likelihood of counts; the input is the logarithm of their expectation, or the expectation.")
        {
            Ports = [new("input"), new("target")],
            Arguments = [Reductions, Bool("log_input", true), Bool("full", false)],
            Type = ElementwiseType,
            CSharp = call => Function("poisson_nll_loss", Arg(call.Value("log_input"), true), Arg(call.Value("full"), false), Code("1e-8f", "1e-8f"), Reduction(call)),
        },
        new("gaussian_nll", OperatorGroup.Loss, "The negative log-likelihood of the target under a normal distribution with this mean and variance.")
        {
            Ports = [new("input"), new("target"), new("variance")],
            Arguments = [Reductions, Bool("full", false)],
            Type = call => ElementwiseType(call) is { } type && call.NeedsFloat(call.Inputs[2], "the variance")
                && call.NeedsShape(call.Inputs[2], "the variance", call.Input.Dims.ToArray(), "give a variance for each element") ? type : null,
            CSharp = call => Function("gaussian_nll_loss", Arg(call.Value("full"), false), Code("1e-6f", "1e-6f"), Reduction(call)),
        },
        new("soft_margin", OperatorGroup.Loss, "log(1 + exp(-target * input)), the target 1 or -1.")
        {
            Ports = [new("input"), new("target")],
            Arguments = [Reductions],
            Type = ElementwiseType,
            CSharp = call => Function("soft_margin_loss", Reduction(call)),
        },
        new("hinge_embedding", OperatorGroup.Loss, "The input where the target is 1, max(0, margin - input) where it is -1.")
        {
            Ports = [new("input"), new("target")],
            Arguments = [Float("margin", 1), Reductions],
            Type = ElementwiseType,
            CSharp = call => Function("hinge_embedding_loss", Arg(call.Value("margin")), Reduction(call)),
        },
    ];

    /// <summary>The argument that says what is made of the losses of all elements.</summary>
    public static OperatorArgument Reductions => Word("reduction", "mean", "sum", "none");

    /// <summary>[] where losses are reduced, else <paramref name="shape"/>.</summary>
    public static TensorType? Reduced(OperatorCall call, IEnumerable<Dim> shape)
    {
        if (!call.NeedsWord("reduction")) return null;
        return call.Input.WithDims(IsReduction(call, "none") ? shape : []);
    }

    /// <summary>The reduction in TorchSharp.</summary>
    public static CSharpArgument Reduction(OperatorCall call)
    {
        var word = call.Text("reduction");
        return Code($"global::TorchSharp.torch.nn.Reduction.{char.ToUpperInvariant(word[0])}{word.Substring(1)}", MeanReduction);
    }

    private static bool IsReduction(OperatorCall call, string word) => call.Value("reduction") is StringValue text && text.Value == word;

    private static Operator Elementwise(string name, string summary, string function, bool reductionFirst = true, params OperatorArgument[] arguments) =>
        new(name, OperatorGroup.Loss, summary)
        {
            Ports = Sides,
            Arguments = [.. arguments, Reductions],
            Type = ElementwiseType,
            CSharp = call =>
            {
                var own = arguments.Select(a => Arg(call.Value(a.Name), ((FloatValue)a.Default!).Value)).ToArray();
                CSharpArgument[] all = reductionFirst ? [Reduction(call), .. own] : [.. own, Reduction(call)];
                return call.IsNumber("target") ? Filled(function, all, own.Length > 0 ? (reductionFirst ? "reduction, double scale" : "scale") : null) : Function(function, all);
            },
        };

    private static Operator WithWeight(string name, string summary, string function, bool takesPositives = false) => new(name, OperatorGroup.Loss, summary)
    {
        Ports = takesPositives ? [.. Sides, new("weight", IsOptional: true), new("pos_weight", IsOptional: true)] : [.. Sides, new("weight", IsOptional: true)],
        Arguments = [Reductions],
        Type = call =>
        {
            if (ElementwiseType(call) is not { } type) return null;
            foreach (var port in new[] { call.Port("weight"), call.Port("pos_weight") })
            {
                if (!call.NeedsFloat(port, "its weight")) return null;
                if (port is not null && (call.Broadcast(name, call.Inputs[0], port) is not { } shape || !call.NeedsShape(call.Inputs[0], "the input", shape, "a weight may not make the loss larger"))) return null;
            }
            return type;
        },
        CSharp = call =>
        {
            var tail = takesPositives ? ", $pos_weight" : "";
            var reduction = Reduction(call).Code!;
            if (call.IsNumber("target")) return Helper(Pascal(function), FilledWithWeight(function, takesPositives), Code(reduction));
            return call.Port("weight") is null && call.Port("pos_weight") is null
                ? Template($"global::TorchSharp.torch.nn.functional.{function}($input, $target{(reduction == MeanReduction ? "" : $", null, {reduction}")})")
                : Template($"global::TorchSharp.torch.nn.functional.{function}($input, $target, $weight, {reduction}{tail})");
        },
    };

    /// <summary>The type of a loss of two tensors of one shape, or of a tensor and a number.</summary>
    private static TensorType? ElementwiseType(OperatorCall call)
    {
        if (!call.NeedsWithin("beta", 0, double.PositiveInfinity, "at least 0") || !call.NeedsWithin("delta", double.Epsilon, double.PositiveInfinity, "more than 0")) return null;
        var (input, target) = (call.Inputs[0], call.Port("target"));
        if (!call.NeedsFloat(input, "its input")) return null;
        if (target is not null)
        {
            if (!NeedsSameFloat(call, input, target)) return null;
            var help = Math.Abs(target.Type.Rank - input.Type.Rank) == 1 ? "drop the dimension of size 1 with squeeze, or put one in with unsqueeze" : "bring both to one shape; a loss does not broadcast";
            if (!call.NeedsShape(target, "its target", input.Type.Dims.ToArray(), help)) return null;
        }
        return Reduced(call, input.Type.Dims);
    }

    private static bool NeedsSameFloat(OperatorCall call, GraphValue input, GraphValue target)
    {
        if (!call.NeedsFloat(target, "its target")) return false;
        if (target.Type.Element == input.Type.Element) return true;
        call.Report().WrongElementType(call.Operator.Name, $"a {TensorType.NameOf(input.Type.Element)} tensor as its target", target.Type, target.Origin, "declare both with one element type");
        return false;
    }

    private static TensorType? DivergenceType(OperatorCall call)
    {
        if (!IsReduction(call, "batchmean")) return ElementwiseType(call);
        return call.NeedsRank(call.Inputs[0], "a batch, [B, ...], for the mean over it", Enumerable.Range(1, 32).ToArray()) && ElementwiseType(call) is { } type ? type.WithDims([]) : null;
    }

    // The number stands for a tensor of the input's shape.
    private static CSharpForm Filled(string function, CSharpArgument[] arguments, string? scale)
    {
        var (parameters, values) = scale switch
        {
            null => ("global::TorchSharp.torch.nn.Reduction reduction", "reduction"),
            "scale" => ("double scale, global::TorchSharp.torch.nn.Reduction reduction", "scale, reduction"),
            _ => ("global::TorchSharp.torch.nn.Reduction reduction, double scale", "reduction, scale"),
        };
        return Helper(Pascal(function), $$"""
            internal static global::TorchSharp.torch.Tensor {{Pascal(function)}}(
                global::TorchSharp.torch.Tensor input, global::TorchSharp.Scalar target, {{parameters}})
            {
                using var filled = global::TorchSharp.torch.full_like(input, target);
                return global::TorchSharp.torch.nn.functional.{{function}}(input, filled, {{values}});
            }
            """, arguments.Select(a => a with { Default = null }).ToArray());
    }

    private static string FilledWithWeight(string function, bool takesPositives) => $$"""
        internal static global::TorchSharp.torch.Tensor {{Pascal(function)}}(
            global::TorchSharp.torch.Tensor input, global::TorchSharp.Scalar target, global::TorchSharp.torch.Tensor? weight{{(takesPositives ? ", global::TorchSharp.torch.Tensor? positives" : "")}}, global::TorchSharp.torch.nn.Reduction reduction)
        {
            using var filled = global::TorchSharp.torch.full_like(input, target);
            return global::TorchSharp.torch.nn.functional.{{function}}(input, filled, weight, reduction{{(takesPositives ? ", positives" : "")}});
        }
        """;

    private const string BatchMean = """
        internal static global::TorchSharp.torch.Tensor KlDivBatchMean(global::TorchSharp.torch.Tensor input, global::TorchSharp.torch.Tensor target, bool log_target)
        {
            using var sum = global::TorchSharp.torch.nn.functional.kl_div(input, target, log_target, global::TorchSharp.torch.nn.Reduction.Sum);
            return sum / input.shape[0];
        }
        """;

    private static string Pascal(string function) => string.Concat(function.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word.Substring(1)));
}
