using static Dlm.Dsl.Tests.Operators.OperatorCases;

namespace Dlm.Dsl.Tests.Operators;

internal static class ActivationCases
{
    public static OperatorCases[] All =>
    [
        Elementwise("relu"), Elementwise("sigmoid"), Elementwise("tanh"), Elementwise("silu"), Elementwise("swish", "silu"), Elementwise("softsign"), Elementwise("tanhshrink"),
        new("gelu",
            Good("[B, 4]", "gelu", "[B, 4]", "functional.gelu(input)"),
            Good("[B, 4]", "gelu(approximate: \"tanh\")", "[B, 4]", "functional.gelu(input, global::TorchSharp.Modules.GELU.Approximate.tanh)"),
            Bad("[B, 4]", "gelu(\"fast\")", "DLM0106", "\"none\" or \"tanh\""),
            Bad("int[B, 4]", "gelu", "DLM0206", "a float tensor")),
        new("celu",
            Good("[B, 4]", "celu(alpha: 2)", "[B, 4]", "functional.celu(input, 2)"),
            Bad("[B, 4]", "celu(0)", "DLM0106", "x is divided by it")),
        new("hardshrink",
            Good("[B, 4]", "hardshrink(lambda: 1)", "[B, 4]", "functional.hardshrink(input, 1)"),
            Bad("int[B, 4]", "hardshrink", "DLM0206", "a float tensor")),
        new("softshrink",
            Good("[B, 4]", "softshrink(lambda: 1)", "[B, 4]", "functional.softshrink(input, 1)"),
            Bad("[B, 4]", "softshrink(-1)", "DLM0106", "at least 0")),
        new("threshold",
            Good("[B, 4]", "threshold(threshold: 0.5, value: 2)", "[B, 4]", "functional.threshold(input, 0.5, 2)"),
            Bad("int[B, 4]", "threshold", "DLM0206", "a float tensor")),
        new("glu",
            Good("[B, 8]", "glu", "[B, 4]", "functional.glu(input)"),
            Good("[B, 2 * c, H, W]", "glu(dim: 1)", "[B, c, H, W]", "functional.glu(input, 1)", parameters: "c: int"),
            Bad("[B, 7]", "glu", "DLM0205", "two halves, that is 2 does not divide the 7 places of dimension 1"),
            Bad("[]", "glu", "DLM0201", "at least one dimension")),
        new("leaky_relu",
            Good("[B, 4]", "leaky_relu", "[B, 4]", "functional.leaky_relu(input)"),
            Good("[B, 4]", "leaky_relu(0.2)", "[B, 4]", "functional.leaky_relu(input, 0.2)"),
            Good("[B, 4]", "leaky_relu(a / 2)", "[B, 4]", "functional.leaky_relu(input, ((double)_a / 2))", parameters: "a: float"),
            Bad("int[B, 4]", "leaky_relu", "DLM0206", "a float tensor"),
            Bad("[B, 4]", "leaky_relu(\"a\")", "DLM0105", "a number")),
        new("elu",
            Good("[B, 4]", "elu", "[B, 4]", "functional.elu(input, 1)"),
            Good("[B, 4]", "elu(alpha: 0.5)", "[B, 4]", "functional.elu(input, 0.5)"),
            Bad("int[B, 4]", "elu", "DLM0206", "a float tensor"),
            Bad("[B, 4]", "elu(beta: 1)", "DLM0103", "alpha")),
        Softmax("softmax"), Softmax("log_softmax"), Softmax("softmin"),
        Elementwise("relu6"), Elementwise("hardsigmoid"), Elementwise("hardswish"), Elementwise("mish"), Elementwise("selu"),
        Elementwise("log_sigmoid", "logsigmoid"),
        new("softplus",
            Good("[B, 4]", "softplus", "[B, 4]", "functional.softplus(input)"),
            Good("[B, 4]", "softplus(2)", "[B, 4]", "functional.softplus(input, 2)"),
            Good("[B, 4]", "softplus(threshold: 10)", "[B, 4]", "functional.softplus(input, 1, 10)"),
            Bad("int[B, 4]", "softplus", "DLM0206", "a float tensor"),
            Bad("[B, 4]", "softplus(true)", "DLM0105", "a number")),
        new("hardtanh",
            Good("[B, 4]", "hardtanh", "[B, 4]", "functional.hardtanh(input)"),
            Good("[B, 4]", "hardtanh(0, 6)", "[B, 4]", "functional.hardtanh(input, 0, 6)"),
            Good("[B, 4]", "hardtanh(high: 2)", "[B, 4]", "functional.hardtanh(input, -1, 2)"),
            Good("[B, 4]", "hardtanh(-a, a)", "[B, 4]", "_a)", parameters: "a: float"),
            Bad("[B, 4]", "hardtanh(2, 1)", "DLM0106", "more than low, which is 2"),
            Bad("bool[B, 4]", "hardtanh", "DLM0206", "a float tensor")),
        new("prelu",
            Good("[B, 4]", "prelu", "[B, 4]", "nn.PReLU(1)", "weight [1]"),
            Good("[B, C, H, W]", "prelu(init: 0.1)", "[B, C, H, W]", "nn.PReLU(1, 0.1)", "weight [1]"),
            Good("[B, 4, H, W]", "prelu(per_channel: true)", "[B, 4, H, W]", "nn.PReLU(4)", "weight [4]"),
            Bad("[4]", "prelu(per_channel: true)", "DLM0201", "channels in its second dimension"),
            Bad("[B, C]", "prelu(per_channel: true)", "DLM0207", "width C"),
            Bad("int[B, 4]", "prelu", "DLM0206", "a float tensor")),
    ];

    private static OperatorCases Elementwise(string name, string? function = null) => new(
        name,
        Good("[B, 4, H, W]", name, "[B, 4, H, W]", $"functional.{function ?? name}(input)"),
        Good("[]", name, "[]", $"functional.{function ?? name}(input)"),
        Bad("int[B, 4]", name, "DLM0206", "a float tensor"),
        Bad("[B, 4]", $"{name}(1)", "DLM0103", "takes no arguments"));

    private static OperatorCases Softmax(string name) => new(
        name,
        Good("[B, 4]", name, "[B, 4]", $"functional.{name}(input, -1)"),
        Good("[B, T, 4]", $"{name}(dim: 1)", "[B, T, 4]", $"functional.{name}(input, 1)"),
        Good("[B, T, 4]", $"{name}(axis)", "[B, T, 4]", $"functional.{name}(input, _axis)", parameters: "axis: int"),
        Bad("[B, 4]", $"{name}(2)", "DLM0106", "a dimension of [B, 4], -2 to 1"),
        Bad("[B, 4]", $"{name}(-3)", "DLM0106", "a dimension of [B, 4], -2 to 1"),
        Bad("[]", name, "DLM0201", "at least one dimension"),
        Bad("bool[B, 4]", name, "DLM0206", "a float tensor"));
}
