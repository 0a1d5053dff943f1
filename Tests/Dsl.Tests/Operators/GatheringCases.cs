using static Dlm.Dsl.Tests.Operators.OperatorCases;

namespace Dlm.Dsl.Tests.Operators;

internal static class GatheringCases
{
    private const string Values = "(x: [B, 4], i: int[B, 2])";

    public static OperatorCases[] All =>
    [
        new("gather",
            Good(Values, "gather(x, i)", "[B, 2]", "x.gather(-1, i)"),
            Good("(q: [B, 6], action: int[B])", "gather(q, action)", "[B]", "DlmOperators.Pick(q, action, -1)"),
            Good("(x: int[3, T], i: int[5, T])", "gather(x, i, dim: 0)", "int[5, T]", "x.gather(0, i)"),
            Bad("(x: [B, 4], i: [B, 2])", "gather(x, i)", "DLM0206", "an int tensor as its index"),
            Bad("(x: [8, 4], i: int[7, 2])", "gather(x, i)", "DLM0212", "they differ in: batch 7 and 8"),
            Bad("(x: [8, 4], i: int[7])", "gather(x, i)", "DLM0212", "needs int[8] as its index"),
            Bad(Values, "gather(x, i, dim: 2)", "DLM0106", "a dimension of [B, 4], -2 to 1")),
        new("take_along_dim",
            Good("(x: [B, 4], i: int[1, 2])", "take_along_dim(x, i, dim: 1)", "[B, 2]", "x.take_along_dim(i, 1)"),
            Bad("(x: [8, 4], i: int[7, 2])", "take_along_dim(x, i)", "DLM0204", "batch 8 and 7"),
            Bad("(x: [8, 4], i: int[7])", "take_along_dim(x, i)", "DLM0201", "2 dimensions, as the tensor has")),
        new("index_select",
            Good("(x: [B, 4], i: int[N])", "index_select(x, i)", "[N, 4]", "x.index_select(0, i)"),
            Good("(x: bool[B, 4], i: int[N])", "index_select(x, i, dim: -1)", "bool[B, N]", "x.index_select(-1, i)"),
            Bad("(x: [B, 4], i: int[N, 1])", "index_select(x, i)", "DLM0201", "a list of indices"),
            Bad("(x: [B, 4], i: [N])", "index_select(x, i)", "DLM0206", "an int tensor")),
        new("scatter",
            Good("(x: [B, 4], i: int[B, 2], s: [B, 2])", "scatter(x, i, s, dim: 1)", "[B, 4]", "x.scatter(1, i, s)"),
            Bad("(x: [B, 4], i: int[B, 2], s: [B, 3])", "scatter(x, i, s)", "DLM0212", "as its source"),
            Bad("(x: [B, 4], i: int[B, 2], s: int[B, 2])", "scatter(x, i, s)", "DLM0206", "a source of float elements")),
        new("scatter_add",
            Good("(x: int[B, 4], i: int[B, 2], s: int[B, 2])", "scatter_add(x, i, s, dim: -1)", "int[B, 4]", "x.scatter_add(-1, i, s)"),
            Bad("(x: [8, 4], i: int[7, 2], s: [7, 2])", "scatter_add(x, i, s)", "DLM0212", "as its index")),
        new("topk",
            Good("[B, 10]", "topk(3)", "(values: [B, 3], indices: int[B, 3])", "var (values, indices) = input.topk(3, -1, true);"),
            Good("int[T, 10]", "topk(k, dim: 0, largest: false)", "(values: int[k, 10], indices: int[k, 10])", "input.topk((int)(_k), 0, false)", parameters: "k: int"),
            Bad("[B, 10]", "topk(11)", "DLM0106", "at most 10, the size of dimension 1"),
            Bad("bool[B, 10]", "topk(1)", "DLM0206", "a tensor of numbers")),
        new("sort",
            Good("[B, 10]", "sort", "(values: [B, 10], indices: int[B, 10])", "input.sort()"),
            Good("[B, 10]", "sort(dim: 0, descending: true)", "(values: [B, 10], indices: int[B, 10])", "input.sort(0, true)"),
            Bad("[B]", "sort(1)", "DLM0106", "a dimension of [B], -1 to 0")),
        new("argsort",
            Good("[B, 10]", "argsort(dim: 0, descending: true)", "int[B, 10]", "input.argsort(0, true)"),
            Bad("[]", "argsort", "DLM0201", "at least one dimension")),
    ];
}
