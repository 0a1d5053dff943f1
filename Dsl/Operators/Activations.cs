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
            var dim = call.Int("dim").Value;
            if (dim is null || (dim >= -call.Input.Rank && dim < call.Input.Rank)) return call.Input;
            call.Report("dim").ArgumentOutOfRange("dim", $"{dim}", $"a dimension of {call.Input}, {-call.Input.Rank} to {call.Input.Rank - 1}");
            return null;
        },
        CSharp = call => Function(name, Arg(call.Int("dim"))),
        SavesOutput = true,
    };

    private static TensorType? SameShape(OperatorCall call) => call.NeedsFloat("a float tensor") ? call.Input : null;
}
