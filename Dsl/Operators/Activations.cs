using Dlm.Dsl.Shapes;
using static Dlm.Dsl.Operators.Row;

namespace Dlm.Dsl.Operators;

/// <summary>Activations: functions of each element.</summary>
internal static class Activations
{
    public static IReadOnlyList<Operator> Rows { get; } =
    [
        Plain("relu", "max(x, 0) (Nair and Hinton, 2010).", "relu", "relu_"),
        Plain("relu6", "min(max(x, 0), 6) (Krizhevsky, 2010).", "relu6", "relu6_"),
        Plain("sigmoid", "1 / (1 + exp(-x)).", "sigmoid", "sigmoid_"),
        Plain("tanh", "The hyperbolic tangent.", "tanh", "tanh_"),
        Plain("silu", "x times sigmoid(x) (Elfwing et al., 2017).", "silu"),
        Plain("swish", "silu by its other name (Ramachandran et al., 2017).", "silu"),
        Plain("mish", "x times tanh(log(1 + exp(x))) (Misra, 2019).", "mish"),
        Plain("hardsigmoid", "min(max(x + 3, 0), 6) / 6 (Howard et al., 2019).", "hardsigmoid"),
        Plain("hardswish", "x times hardsigmoid(x) (Howard et al., 2019).", "hardswish"),
        Plain("selu", "1.0507 times elu(x) with alpha 1.6733 (Klambauer et al., 2017).", "selu", "selu_"),
        Plain("log_sigmoid", "The logarithm of sigmoid(x).", "logsigmoid"),
        Plain("softsign", "x / (1 + |x|).", "softsign"),
        Plain("tanhshrink", "x - tanh(x).", "tanhshrink"),
        new("gelu", OperatorGroup.Activation, "x times the normal distribution function of x, or its approximation by tanh (Hendrycks and Gimpel, 2016).")
        {
            Arguments = [Word("approximate", "none", "tanh") with { IsStricter = true }],
            Type = call => call.NeedsFloat("a float tensor") && call.NeedsWord("approximate") ? call.Input : null,
            CSharp = call => call.Text("approximate") == "none"
                ? Function("gelu")
                : Function("gelu", Code("global::TorchSharp.Modules.GELU.Approximate.tanh")),
        },
        With("leaky_relu", "x where positive, else slope times x (Maas et al., 2013).", "leaky_relu", _ => true, Float("slope", 0.01)),
        With("elu", "x where positive, else alpha (exp(x) - 1) (Clevert et al., 2015).", "elu", _ => true, Float("alpha", 1)),
        With("celu", "x where positive, else alpha (exp(x / alpha) - 1) (Barron, 2017).", "celu", call =>
        {
            if (call.Value("alpha") is not FloatValue { Value: 0 }) return true;
            call.Report("alpha").ArgumentOutOfRange("alpha", "0", "another number: x is divided by it");
            return false;
        }, Float("alpha", 1)),
        With("softplus", "log(1 + exp(beta x)) / beta, and x where beta x is over the threshold.", "softplus", _ => true, Float("beta", 1), Float("threshold", 20)),
        With("hardtanh", "min(max(x, low), high).", "hardtanh", NeedsOrder, Float("low", -1), Float("high", 1) with { IsStricter = true }),
        With("hardshrink", "x, and 0 where it lies within lambda of 0.", "hardshrink", _ => true, Float("lambda", 0.5)),
        With("softshrink", "x drawn towards 0 by lambda.", "softshrink", call => call.NeedsAtLeast("lambda", 0), Float("lambda", 0.5)),
        With("threshold", "x where over a threshold, else a value.", "threshold", _ => true, Float("threshold", 0), Float("value", 0)),
    ];

    private static Operator Plain(string name, string summary, string function, string? inPlace = null) =>
        new(name, OperatorGroup.Activation, summary)
        {
            Type = call => call.NeedsFloat("a float tensor") ? call.Input : null,
            CSharp = _ => Function(function),
            InPlaceMethod = inPlace,
            SavesOutput = inPlace is "relu_" or "sigmoid_" or "tanh_",
        };

    private static Operator With(string name, string summary, string function, Func<OperatorCall, bool> fits, params OperatorArgument[] arguments) =>
        new(name, OperatorGroup.Activation, summary)
        {
            Arguments = arguments,
            Type = call => call.NeedsFloat("a float tensor") && fits(call) ? call.Input : null,
            // Those whose argument TorchSharp wants in any case have no default of its own.
            CSharp = call => Function(function, arguments.Select(a => Arg(call.Value(a.Name), name is "elu" or "celu" or "threshold" ? null : ((FloatValue)a.Default!).Value)).ToArray()),
        };

    private static bool NeedsOrder(OperatorCall call)
    {
        if (call.Value("low") is not FloatValue low || call.Value("high") is not FloatValue high || low.Value < high.Value) return true;
        call.Report("high").ArgumentOutOfRange("high", high.ToString(), $"more than low, which is {low}");
        return false;
    }
}
