using static Dlm.Dsl.Tests.Operators.OperatorCases;

namespace Dlm.Dsl.Tests.Operators;

internal static class JoiningCases
{
    public static OperatorCases[] All =>
    [
        new("concat",
            Good("[B, 4]", "concat(dim: 1)", "[B, 4]", "torch.cat(new global::TorchSharp.torch.Tensor[] { input }, 1)"),
            Good("(x: [B, 4, H], y: [B, 4, 3])", "concat(x, y, dim: -1)", "[B, 4, H + 3]", "{ x, y }, -1)"),
            Good("(x: [B, 4], y: float64[B, 4])", "concat(x, y, dim: 0)", "float64[2 * B, 4]", "{ x, y }, 0)"),
            Bad("[B, 4]", "concat(2)", "DLM0106", "a dimension of [B, 4], -2 to 1"),
            Bad("(x: [B, 4, H], y: [B, 5, 3])", "concat(x, y, dim: -1)", "DLM0204", "dimension 1: 4 and 5"),
            Bad("[B, 4]", "concat", "DLM0104", "'dim'")),
        new("stack",
            Good("(x: [B, 4], y: [B, 4])", "stack(x, y)", "[2, B, 4]", "torch.stack(new global::TorchSharp.torch.Tensor[] { x, y })"),
            Good("(x: [B, 4], y: [B, 4])", "stack(x, y, dim: -1)", "[B, 4, 2]", "{ x, y }, -1)"),
            Bad("(x: [B, 4], y: [B, 5])", "stack(x, y)", "DLM0212", "concat takes tensors that differ"),
            Bad("[B, 4]", "stack(3)", "DLM0106", "a place in the shape of [B, 4], -3 to 2")),
        new("chunk",
            Good("[B, T, 12]", "chunk(3)", "(q: [B, T, 4], k: [B, T, 4], v: [B, T, 4])", "(input.narrow(-1, 0, 4), input.narrow(-1, 4, 4), input.narrow(-1, 8, 4))"),
            Good("[B, 3 * d]", "chunk(parts: 3, dim: 1)", "(q: [B, d], k: [B, d], v: [B, d])", "input.narrow(1, _d, _d)", parameters: "d: int"),
            Bad("[B, 10]", "chunk(3)", "DLM0205", "parts 3 does not divide the 10"),
            Bad("[B, 10]", "chunk(n)", "DLM0106", "a number up to 64", parameters: "n: int"),
            Bad("[B, 10]", "chunk(2, dim: 2)", "DLM0106", "a dimension of [B, 10], -2 to 1")),
        new("split",
            Good("[B, 7]", "split([3, 4])", "(a: [B, 3], b: [B, 4])", "(input.narrow(-1, 0, 3), input.narrow(-1, 3, 4))"),
            Good("[n + 1, 7]", "split(sizes: [n, 1], dim: 0)", "(a: [n, 7], b: [1, 7])", "input.narrow(0, _n, 1)", parameters: "n: int"),
            Bad("[B, 7]", "split([3, 3])", "DLM0106", "of which the sum is 7"),
            Bad("[B, 7]", "split(7)", "DLM0106", "a list with the size of each part")),
        new("unbind",
            Good("[2, B]", "unbind", "(a: [B], b: [B])", "(input.select(0, 0), input.select(0, 1))"),
            Good("[B, 2]", "unbind(dim: 1)", "(a: [B], b: [B])", "(input.select(1, 0), input.select(1, 1))"),
            Bad("[B, 2]", "unbind", "DLM0106", "known at build time"),
            Bad("[2, 2]", "unbind(2)", "DLM0106", "a dimension of [2, 2], -2 to 1")),
    ];
}
