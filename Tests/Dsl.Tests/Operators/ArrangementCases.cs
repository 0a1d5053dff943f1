using static Dlm.Dsl.Tests.Operators.OperatorCases;

namespace Dlm.Dsl.Tests.Operators;

internal static class ArrangementCases
{
    public static OperatorCases[] All =>
    [
        Reshape("reshape"), Reshape("view"),
        new("expand",
            Good("[B, 1, 4]", "expand(-1, 5, -1)", "[B, 5, 4]", "input.expand(new long[] { -1, 5, -1 })"),
            Good("bool[4]", "expand(sizes: [2, 3, 4])", "bool[2, 3, 4]", "input.expand(new long[] { 2, 3, 4 })"),
            Checked("[B, n]", "expand(-1, 4)", "[B, 4]", "4 - n == 0", "n: int"),
            Bad("[B, 3]", "expand(-1, 4)", "DLM0106", "with others where it has 1"),
            Bad("[B, 3]", "expand(3)", "DLM0106", "the sizes of [B, 3]"),
            Bad("[3]", "expand(-1, 3)", "DLM0106", "the sizes of [3]")),
        new("tile",
            Good("[B, 4]", "tile(2, 3)", "[2 * B, 12]", "input.tile(new long[] { 2, 3 })"),
            Good("int[4]", "tile(counts: [n, 1])", "int[n, 4]", "input.tile(new long[] { _n, 1 })", parameters: "n: int"),
            Bad("[B, 4]", "tile(0)", "DLM0106", "at least 1")),
        new("repeat_interleave",
            Good("[B, 4]", "repeat_interleave(3, dim: 0)", "[3 * B, 4]", "input.repeat_interleave(3, 0)"),
            Good("int[B, 4]", "repeat_interleave(count: 2, dim: -1)", "int[B, 8]", "input.repeat_interleave(2, -1)"),
            Bad("[B, 4]", "repeat_interleave(3, 2)", "DLM0106", "a dimension of [B, 4], -2 to 1"),
            Bad("[B, 4]", "repeat_interleave(3)", "DLM0104", "'dim'")),
        new("flip",
            Good("[B, 3, H, W]", "flip(dim: -1)", "[B, 3, H, W]", "input.flip(new long[] { -1 })"),
            Good("[B, 4]", "flip([0, 1])", "[B, 4]", "input.flip(new long[] { 0, 1 })"),
            Bad("[B, 4]", "flip([1, -1])", "DLM0106", "different dimensions")),
        new("roll",
            Good("[B, H, W, 4]", "roll([-3, -3], [1, 2])", "[B, H, W, 4]", "input.roll(new long[] { -3, -3 }, new long[] { 1, 2 })"),
            Good("[B, T]", "roll(shift: n, dim: 1)", "[B, T]", "input.roll(new long[] { _n }, new long[] { 1 })", parameters: "n: int"),
            Bad("[B, H, W]", "roll(1, [1, 2])", "DLM0106", "a number for each dimension, 2 of them"),
            Bad("[B, 4]", "roll(1)", "DLM0104", "'dim'")),
        new("movedim",
            Good("[B, C, H, W]", "movedim(1, -1)", "[B, H, W, C]", "input.movedim(new long[] { 1 }, new long[] { -1 })"),
            Good("[B, H, W, C]", "movedim(from: 3, to: 1)", "[B, C, H, W]", "input.movedim(new long[] { 3 }, new long[] { 1 })"),
            Bad("[B, 4]", "movedim(2, 0)", "DLM0106", "a dimension of [B, 4], -2 to 1")),
        new("narrow",
            Good("[B, 8]", "narrow(1, 2, 3)", "[B, 3]", "input.narrow(1, 2, 3)"),
            Good("int[B, 8]", "narrow(dim: -1, start: 0, length: n)", "int[B, n]", "input.narrow(-1, 0, _n)", parameters: "n: int"),
            Checked("[B, 8]", "narrow(1, 2, n)", "[B, n]", "6 - n >= 0", "n: int"),
            Bad("[B, 8]", "narrow(1, 6, 3)", "DLM0106", "no more than is left of dimension 1 of [B, 8] behind start, 2"),
            Bad("[B, 8]", "narrow(2, 0, 3)", "DLM0106", "a dimension of [B, 8], -2 to 1")),
        Triangle("tril"), Triangle("triu"),
        new("diagonal",
            Good("[B, 4, 4]", "diagonal", "[B, 4]", "input.diagonal(0, -2, -1)"),
            Good("[4, 4]", "diagonal(offset: -1)", "[3]", "input.diagonal(-1, -2, -1)"),
            Bad("[B, 4, 5]", "diagonal", "DLM0201", "square matrices"),
            Bad("[4, 4]", "diagonal(4)", "DLM0106", "less than the size, 4"),
            Bad("[4, 4]", "diagonal(n)", "DLM0106", "known at build time", parameters: "n: int")),
        new("one_hot",
            Good("int[B]", "one_hot(10)", "int[B, 10]", "functional.one_hot(input, 10)"),
            Good("int[B, T]", "one_hot(classes: n)", "int[B, T, n]", "functional.one_hot(input, _n)", parameters: "n: int"),
            Bad("[B]", "one_hot(10)", "DLM0206", "an int tensor"),
            Bad("int[B]", "one_hot(0)", "DLM0106", "at least 1")),
    ];

    private static OperatorCases Reshape(string name) => new(
        name,
        Good("[B, 3, 8, 8]", $"{name}(-1, 192)", "[B, 192]", "input.reshape(new long[] { -1, 192 })"),
        Good("int[4, 6]", $"{name}(sizes: [2, 12])", "int[2, 12]", "input.reshape(new long[] { 2, 12 })"),
        Good("[]", $"{name}(1, 1)", "[1, 1]", "input.reshape(new long[] { 1, 1 })"),
        Checked("[12]", $"{name}(n, -1)", "[n, 12 / n]", "12 - (12 / n) * n == 0", "n: int"),
        Bad("[4, 6]", $"{name}(5, -1)", "DLM0205", "the product of the sizes 5 does not divide the 24 values"),
        Bad("[4, 6]", $"{name}(5, 5)", "DLM0106", "sizes of which the product is 24"),
        Bad("[4, 6]", $"{name}(-1, -1)", "DLM0106", "at most one is -1"),
        Bad("[4, 6]", $"{name}(-2, 12)", "DLM0106", "at least -1"));

    private static OperatorCases Triangle(string name) => new(
        name,
        Good("[B, 4, 5]", name, "[B, 4, 5]", $"input.{name}()"),
        Good("bool[T, T]", $"{name}(diagonal: -1)", "bool[T, T]", $"input.{name}(-1)"),
        Bad("[4]", name, "DLM0201", "matrices"));
}
