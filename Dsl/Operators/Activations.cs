using Dlm.Dsl.Shapes;
using static Dlm.Dsl.Operators.Row;

namespace Dlm.Dsl.Operators;

/// <summary>Functions of each element, and softmax.</summary>
internal static class Activations
{
    public static IReadOnlyList<Operator> Rows { get; } =
    [
        Elementwise("relu", "max(x, 0).", "relu", "relu_"),
        Elementwise("sigmoid", "1 / (1 + exp(-x)).", "sigmoid", "sigmoid_"),
        Elementwise("tanh", "The hyperbolic tangent.", "tanh", "tanh_"),
        Elementwise("gelu", "x times the normal distribution function of x (Hendrycks and Gimpel, 2016).", "gelu"),
        Elementwise("silu", "x times sigmoid(x) (Elfwing et al., 2017).", "silu"),
        Elementwise("relu6", "min(max(x, 0), 6).", "relu6"),
        Elementwise("hardsigmoid", "min(max(x + 3, 0), 6) / 6 (Howard et al., 2019).", "hardsigmoid"),
        Elementwise("hardswish", "x times hardsigmoid(x) (Howard et al., 2019).", "hardswish"),
        Elementwise("mish", "x times tanh(log(1 + exp(x))) (Misra, 2019).", "mish"),
        Elementwise("selu", "1.0507 times elu(x) with alpha 1.6733 (Klambauer et al., 2017).", "selu"),
        Elementwise("log_sigmoid", "The logarithm of sigmoid(x).", "logsigmoid"),
        new("softplus", OperatorGroup.Activation, "log(1 + exp(beta x)) / beta, and x where beta x is over the threshold.")
        {
            Arguments = [Float("beta", 1), Float("threshold", 20)],
            Type = SameShape,
            CSharp = call => Function("softplus", Arg(call.Value("beta"), 1.0), Arg(call.Value("threshold"), 20.0)),
        },
        new("hardtanh", OperatorGroup.Activation, "min(max(x, low), high).")
        {
            Arguments = [Float("low", -1), Float("high", 1) with { IsStricter = true }],
            Type = call =>
            {
                if (call.Value("low") is not FloatValue low || call.Value("high") is not FloatValue high || low.Value < high.Value) return SameShape(call);
                call.Report("high").ArgumentOutOfRange("high", high.ToString(), $"more than low, which is {low}");
                return null;
            },
            CSharp = call => Function("hardtanh", Arg(call.Value("low"), -1.0), Arg(call.Value("high"), 1.0)),
        },
        new("prelu", OperatorGroup.Activation, "x where positive, else a learned slope times x, one for all or one for each channel (He et al., 2015).")
        {
            Arguments = [Bool("per_channel", false), Float("init", 0.25)],
            Type = call =>
            {
                if (call.Value("per_channel") is BoolValue { Value: false }) return SameShape(call);
                return call.NeedsFloat("channels in its second dimension, [B, C, ...]", Enumerable.Range(2, 31).ToArray())
                    && call.NeedsKnownWidth(call.Input[1]) ? call.Input : null;
            },
            Weights = call => [new Weight("weight", [Slopes(call)])],
            CSharp = call => Layer("PReLU", Arg(Slopes(call)), Arg(call.Value("init"), 0.25)),
        },
        new("leaky_relu", OperatorGroup.Activation, "x where positive, else slope times x (Maas et al., 2013).")
        {
            Arguments = [Float("slope", 0.01)],
            Type = SameShape,
            CSharp = call => Function("leaky_relu", Arg(call.Value("slope"), 0.01)),
        },
        new("elu", OperatorGroup.Activation, "x where positive, else alpha (exp(x) - 1) (Clevert et al., 2015).")
        {
            Arguments = [Float("alpha", 1)],
            Type = SameShape,
            CSharp = call => Function("elu", Arg(call.Value("alpha"))),
        },
        Softmax("softmax", "exp(x) over its sum along a dimension."),
        Softmax("log_softmax", "The logarithm of softmax along a dimension."),
    ];

    private static Operator Elementwise(string name, string summary, string function, string? inPlace = null) =>
        new(name, OperatorGroup.Activation, summary)
        {
            Type = SameShape,
            CSharp = _ => Function(function),
            InPlaceMethod = inPlace,
            SavesOutput = inPlace is not null,
        };

    private static Operator Softmax(string name, string summary) => new(name, OperatorGroup.Activation, summary)
    {
        Arguments = [Int("dim", -1, minimum: long.MinValue)],
        Type = call =>
        {
            if (!call.NeedsFloat("at least one dimension", Enumerable.Range(1, 32).ToArray())) return null;
            var dim = call.Int("dim");
            if (dim.Value is not null) return call.Position("dim") is null ? null : call.Input;
            call.Proofs.AtLeast(dim, -call.Input.Rank, $"{name}: dim must be at least {-call.Input.Rank}");
            call.Proofs.AtLeast(dim * -1, 1 - call.Input.Rank, $"{name}: dim must be at most {call.Input.Rank - 1}");
            return call.Input;
        },
        CSharp = call => Function(name, Arg(call.Int("dim"))),
        SavesOutput = true,
    };

    private static Dim Slopes(OperatorCall call) =>
        call.Value("per_channel") is BoolValue { Value: false } ? Dim.One : Dim.Choose(call.Value("per_channel")!, call.Input[1], 1);

    private static TensorType? SameShape(OperatorCall call) => call.NeedsFloat("a float tensor") ? call.Input : null;
}
