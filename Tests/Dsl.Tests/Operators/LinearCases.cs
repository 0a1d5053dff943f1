using static Dlm.Dsl.Tests.Operators.OperatorCases;

namespace Dlm.Dsl.Tests.Operators;

internal static class LinearCases
{
    public static OperatorCases[] All =>
    [
        new("linear",
            Good("[B, 4]", "linear(10)", "[B, 10]", "nn.Linear(4, 10)", "weight [10, 4], bias [10]", "40 * B"),
            Good("[B, T, 4]", "linear(10, bias: false)", "[B, T, 10]", "nn.Linear(4, 10, false)", "weight [10, 4]", "40 * B * T"),
            Good("[4]", "linear(10)", "[10]", "nn.Linear(4, 10)", "weight [10, 4], bias [10]", "40"),
            Good("float64[B, 4]", "linear(10)", "float64[B, 10]", "nn.Linear(4, 10)", "weight [10, 4], bias [10]", "40 * B"),
            Good("[B, d]", "linear(4 * d)", "[B, 4 * d]", "nn.Linear(d, 4 * d)", "weight [4 * d, d], bias [4 * d]", "4 * B * d * d", parameters: "d: int"),
            Good("[B, 4]", "linear(10, norm: \"weight\")", "[B, 10]", "new DlmWeightNormLinear(new long[] { 10, 4 }, true)", "bias [10], weight_g [10, 1], weight_v [10, 4]", "40 * B"),
            Good("[B, 4]", "linear(10, bias: false, norm: \"spectral\")", "[B, 10]", "new DlmSpectralNormLinear(new long[] { 10, 4 }, false)",
                "weight_orig [10, 4], (weight_u [10]), (weight_v [4])", "40 * B"),
            Bad("[B, 4]", "linear(10, norm: \"batch\")", "DLM0106", "\"none\" or \"weight\" or \"spectral\""),
            Checked("[B, 4]", "linear(d)", "[B, d]", "d >= 1", "d: int"),
            Bad("[]", "linear(10)", "DLM0201", "at least one dimension"),
            Bad("bool[B, 4]", "linear(10)", "DLM0206", "a float tensor"),
            Bad("[B, D]", "linear(10)", "DLM0207", "width D"),
            Bad("[B, 4]", "linear(0)", "DLM0106", "at least 1"),
            Bad("[B, 4]", "linear", "DLM0104", "'linear' needs 'out'"),
            Bad("[B, 4]", "linear(1.5)", "DLM0105", "a whole number"),
            Bad("[B, 4]", "linear(4, true, \"none\", 3)", "DLM0103", "at most 3 arguments")),
        new("embedding",
            Good("int[B, T]", "embedding(100, 16)", "[B, T, 16]", "nn.Embedding(100, 16)", "weight [100, 16]"),
            Good("int[]", "embedding(100, 16, pad_index: 0)", "[16]", "nn.Embedding(100, 16, 0)", "weight [100, 16]"),
            Good("int[B]", "embedding(count: vocab, width: 2 * d)", "[B, 2 * d]", "nn.Embedding(vocab, 2 * d)", "weight [vocab, 2 * d]",
                parameters: "vocab: int, d: int"),
            Bad("[B, T]", "embedding(100, 16)", "DLM0206", "an input of indices is declared as int[B, T]"),
            Bad("int[B]", "embedding(100, 16, pad_index: 100)", "DLM0106", "less than count, which is 100"),
            Bad("int[B]", "embedding(0, 16)", "DLM0106", "at least 1"),
            Bad("int[B]", "embedding(100)", "DLM0104", "'width'")),
    ];
}
