using static Dlm.Dsl.Tests.Operators.OperatorCases;

namespace Dlm.Dsl.Tests.Operators;

internal static class FunctionCases
{
    private static readonly string[] OfFloats =
    [
        "acos", "asin", "atan", "ceil", "cos", "cosh", "erf", "erfc", "erfinv", "exp", "exp2", "expm1", "floor", "frac", "lgamma", "log", "log10",
        "log1p", "log2", "logit", "reciprocal", "round", "rsqrt", "sin", "sinh", "sqrt", "tan", "trunc",
    ];

    public static OperatorCases[] All =>
    [
        .. OfFloats.Select(name => Elementwise(name, "float64[]", "float64[]", Bad("int[B, 4]", name, "DLM0206", "a float tensor"))),
        .. new[] { "abs", "neg", "sign", "square" }.Select(name => Elementwise(name, "int[B, 4]", "int[B, 4]", Bad("bool[B, 4]", name, "DLM0206", "a tensor of numbers"))),
        .. new[] { "isfinite", "isinf", "isnan" }.Select(name => new OperatorCases(
            name,
            Good("[B, 4]", name, "bool[B, 4]", $"input.{name}()"),
            Bad("int[B, 4]", name, "DLM0206", "a float tensor"))),
        new("stop",
            Good("[B, 4]", "stop", "[B, 4]", "input.detach()"),
            Good("int[B]", "stop", "int[B]", "input.detach()"),
            Bad("[B, 4]", "stop(1)", "DLM0103", "takes no arguments")),
        new("clamp",
            Good("[B, 4]", "clamp(0, 1)", "[B, 4]", "input.clamp((global::TorchSharp.Scalar)(0), (global::TorchSharp.Scalar)(1))"),
            Good("[B, 4]", "clamp(min: -0.5)", "[B, 4]", "input.clamp((global::TorchSharp.Scalar)(-0.5), null)"),
            Good("[B, 4]", "clamp(max: m)", "[B, 4]", "input.clamp(null, (global::TorchSharp.Scalar)(_m))", parameters: "m: float"),
            Bad("[B, 4]", "clamp", "DLM0104", "clamp(min: 0)"),
            Bad("[B, 4]", "clamp(1, 0)", "DLM0106", "at least min, which is 1"),
            Bad("bool[B, 4]", "clamp(0, 1)", "DLM0206", "a float tensor")),
        new("cast",
            Good("bool[B, 4]", "cast(\"float\")", "[B, 4]", "input.to(global::TorchSharp.torch.ScalarType.Float32)"),
            Good("[B, 4]", "cast(to: \"int\")", "int[B, 4]", "input.to(global::TorchSharp.torch.ScalarType.Int64)"),
            Good("int[B, 4]", "cast(\"float64\")", "float64[B, 4]", "input.to(global::TorchSharp.torch.ScalarType.Float64)"),
            Good("int[B, 4]", "cast(\"bool\")", "bool[B, 4]", "input.to(global::TorchSharp.torch.ScalarType.Bool)"),
            Bad("[B, 4]", "cast(\"double\")", "DLM0106", "\"float\" or \"float64\""),
            Bad("[B, 4]", "cast", "DLM0104", "'to'")),
    ];

    private static OperatorCases Elementwise(string name, string input, string output, params OperatorCase[] more) => new(
        name,
    [
        Good("[B, 4, H, W]", name, "[B, 4, H, W]", $"input.{name}()"),
        Good(input, name, output, $"input.{name}()"),
        Bad("[B, 4]", $"{name}(1)", "DLM0103", "takes no arguments"),
        .. more,
    ]);
}
