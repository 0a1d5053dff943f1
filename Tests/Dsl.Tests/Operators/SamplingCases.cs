using static Dlm.Dsl.Tests.Operators.OperatorCases;

namespace Dlm.Dsl.Tests.Operators;

internal static class SamplingCases
{
    public static OperatorCases[] All =>
    [
        new("randn",
            Good("[B, 4]", "randn(B, 100)", "[B, 100]", "torch.randn(new long[] { sizeB, 100 }, input.dtype, input.device)"),
            Good("[B, 4]", "randn(size: [3])", "[3]", "torch.randn(new long[] { 3 }, input.dtype, input.device)"),
            Bad("[B]", "randn(B, -1)", "DLM0106", "at least 1")),
        new("rand",
            Good("int[B]", "rand(size: [B, 1])", "[B, 1]", "torch.rand(new long[] { sizeB, 1 }, global::TorchSharp.torch.ScalarType.Float32, input.device)"),
            Bad("[B]", "rand", "DLM0104", "'size'")),
        new("randint",
            Good("[B]", "randint(0, 10, B)", "int[B]", "torch.randint(0L, 10L, new long[] { sizeB }, global::TorchSharp.torch.ScalarType.Int64, input.device)"),
            Good("[B]", "randint(low: -1, high: n, size: [2, 3])", "int[2, 3]", "torch.randint(-1L, _n, new long[] { 2, 3 }", parameters: "n: int"),
            Bad("[B]", "randint(3, 3, B)", "DLM0106", "more than low, which is 3")),
        new("randn_like",
            Good("float64[B]", "randn_like", "float64[B]", "torch.randn_like(input)"),
            Bad("int[B]", "randn_like", "DLM0206", "a float tensor")),
        new("rand_like",
            Good("[B]", "rand_like", "[B]", "torch.rand_like(input)"),
            Bad("int[B]", "rand_like", "DLM0206", "a float tensor")),
        new("bernoulli",
            Good("[B, 4]", "bernoulli", "[B, 4]", "input.bernoulli()"),
            Bad("bool[B]", "bernoulli", "DLM0206", "a float tensor")),
        new("normal",
            Good("(mean: [B, 4], std: [B, 4])", "normal(mean, std)", "[B, 4]", "DlmOperators.Normal(mean, std)"),
            Good("[B, 4]", "normal(0.5)", "[B, 4]", "DlmOperators.NormalOf(input, 0.5)"),
            Bad("(mean: [B, 4], std: [4])", "normal(mean, std)", "DLM0212", "one shape, or std is a number")),
        new("categorical",
            Good("[B, T, 10]", "categorical", "int[B, T]", "DlmOperators.Categorical(input)"),
            Bad("[]", "categorical", "DLM0201", "logits of each class")),
        new("multinomial",
            Good("[B, 10]", "multinomial(3)", "int[B, 3]", "input.multinomial(3)"),
            Good("[C]", "multinomial(count: 3, replacement: true)", "int[3]", "input.multinomial(3, true)"),
            Bad("[B, 10]", "multinomial(11)", "DLM0106", "or replacement: true"),
            Bad("[B, T, 10]", "multinomial(1)", "DLM0201", "weights of each class")),
    ];
}
