using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Operators;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Passes;

/// <summary>
/// Whether a loss gets what it is made for: logits, probabilities or log-probabilities. A softmax before <c>cross_entropy</c>, which has one of
/// its own, trains, only badly; libtorch never says so.
/// </summary>
internal static class LossSide
{
    private enum Side
    {
        Unknown,
        Logits,
        Probabilities,
        LogProbabilities,
    }

    // What only arranges elements passes on what they are.
    private static readonly HashSet<string> Arranging = new(
        ["flatten", "reshape", "view", "squeeze", "unsqueeze", "rearrange", "transpose", "permute", "unflatten", "select", "index", "narrow", "slice", "stop", "expand", "contiguous"], StringComparer.Ordinal);

    /// <summary>Reports a loss whose input is on the wrong side.</summary>
    public static void Check(OperatorNode loss, TextSpan place, DiagnosticBag diagnostics)
    {
        if (loss.Tensors[0] is { } input) Check(loss.Operator.Name, input, place, diagnostics);
    }

    /// <summary>Reports a loss that is called with <paramref name="input"/> and is made for something else.</summary>
    public static void Check(string loss, GraphValue input, TextSpan place, DiagnosticBag diagnostics)
    {
        if (Needed(loss) is not { } needed) return;
        var (side, last) = SideOf(input);
        if (side == Side.Unknown || side == needed) return;
        var help = (needed, side) switch
        {
            (Side.Logits, _) => $"take the '{last}' away: '{loss}' has its own, in one numerically safe step",
            (Side.Probabilities, Side.Logits) => "use bce_with_logits, which takes logits",
            (Side.Probabilities, _) => "use bce_with_logits on what stands before it",
            (Side.LogProbabilities, Side.Probabilities) => loss == "nll" ? "use log_softmax, or cross_entropy on the logits" : "use log_softmax in its place",
            _ => loss == "nll" ? "use cross_entropy, which takes logits" : "put log_softmax before it",
        };
        diagnostics.At(place).LossSide(loss, NameOf(needed), NameOf(side), input.Origin, last, help);
    }

    private static Side? Needed(string loss) => loss switch
    {
        "cross_entropy" or "bce_with_logits" or "multilabel_soft_margin" => Side.Logits,
        "bce" => Side.Probabilities,
        "nll" or "kl_div" or "ctc" => Side.LogProbabilities,
        _ => null,
    };

    private static (Side Side, string Last) SideOf(GraphValue value)
    {
        while (value.Producer is { } node)
        {
            switch (node)
            {
                case OperatorNode op when Arranging.Contains(op.Operator.Name) && op.Inputs.Count > 0:
                    value = op.Inputs[0];
                    continue;
                case ModuleNode module:
                    var result = module.Body.Results[module.Outputs.ToList().IndexOf(value)];
                    if (module.Body.Inputs.ToList().IndexOf(result) is >= 0 and var index) result = module.Inputs[index];
                    value = result;
                    continue;
                case OperatorNode op:
                    return (SideOf(op), op.Operator.Name);
                default:
                    return (Side.Unknown, "");
            }
        }
        return (Side.Unknown, "");
    }

    private static Side SideOf(OperatorNode node) => node.Operator.Name switch
    {
        "softmax" or "sigmoid" or "softmin" => Side.Probabilities,
        "log_softmax" or "log_sigmoid" => Side.LogProbabilities,
        _ when node.Operator.Group is OperatorGroup.Convolution or OperatorGroup.Linear or OperatorGroup.Normalization => Side.Logits,
        "relu" or "leaky_relu" or "gelu" or "tanh" => Side.Logits,
        _ => Side.Unknown,
    };

    private static string NameOf(Side side) => side switch { Side.Logits => "logits", Side.Probabilities => "probabilities", _ => "log-probabilities" };
}
