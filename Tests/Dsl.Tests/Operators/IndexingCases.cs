using static Dlm.Dsl.Tests.Operators.OperatorCases;

namespace Dlm.Dsl.Tests.Operators;

internal static class IndexingCases
{
    public static OperatorCases[] All =>
    [
        new("select",
            Good("[B, 4, H]", "select(dim: 1, index: -1)", "[B, H]", "input.select(1, -1)"),
            Good("[B, T, 8]", "select(1, 0)", "[B, 8]", "input.select(1, 0)"),
            Bad("[B, 4]", "select(1, 4)", "DLM0106", "-4 to 3"),
            Bad("[B, 4]", "select(2, 0)", "DLM0106", "a dimension of [B, 4]")),
        new("slice",
            Good("[B, 4, H]", "slice(dim: 1, start: 1, end: 3)", "[B, 2, H]", "input.slice(1, 1, 3, 1)"),
            Good("[B, 5]", "slice(1, step: 2)", "[B, 3]", "input.slice(1, 0, long.MaxValue, 2)"),
            Good("[B, T]", "slice(1, -2)", "[B, 2]", "input.slice(1, -2, long.MaxValue, 1)"),
            Good("[B, T]", "slice(1, -n)", "[B, n]", "input.slice(1, -_n, long.MaxValue, 1)", parameters: "n: int"),
            Checked("[B, T]", "slice(1, -n)", "[B, n]", "n >= 1", "n: int"),
            Good("[B, T]", "slice(1, 1, -1)", "[B, T - 2]", "input.slice(1, 1, -1, 1)"),
            Bad("[B, 4]", "slice(1, 2, 6)", "DLM0106", "within 0 to 4"),
            Bad("[B, 4]", "slice(1, 3, 1)", "DLM0106", "begins before it ends")),
        new("index",
            Good("(x: [B, 4, H], i: int[3])", "index(x, i, dim: 1)", "[B, 3, H]", "x.index(global::TorchSharp.torch.TensorIndex.Colon, global::TorchSharp.torch.TensorIndex.Tensor(i))"),
            Good("(x: [10, 8], i: int[B, T])", "index(x, i)", "[B, T, 8]", "x.index(global::TorchSharp.torch.TensorIndex.Tensor(i))"),
            Bad("(x: [B, 4], i: [3])", "index(x, i, dim: 1)", "DLM0206", "an int tensor of places")),
    ];
}
