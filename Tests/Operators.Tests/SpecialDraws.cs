using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Dlm.Operators.Tests;

/// <summary>Rows whose inputs or arguments depend on one another so much that calls drawn freely would hardly ever be right.</summary>
internal static class SpecialDraws
{
    private static readonly Dictionary<string, Func<Operator, Gen<Draw>>> ByName = new(StringComparer.Ordinal)
    {
        ["fold"] = Fold,
        ["reshape"] = Reshape, ["view"] = Reshape, ["expand"] = Expand, ["roll"] = Roll,
        ["inverse"] = Square, ["det"] = Square, ["logdet"] = Square, ["slogdet"] = Square, ["cholesky"] = Square, ["matrix_exp"] = Square,
        ["diagonal"] = Square, ["trace"] = row => SquareOf(row, Gen.Constant(0), largest: 100),
    };

    /// <summary>The row's own generator, or null where the general one serves.</summary>
    public static Gen<Draw>? Find(Operator row) => ByName.TryGetValue(row.Name, out var draws) ? draws(row) : SeveralDraws.Find(row);

    private static StaticValue Whole(long value) => new IntValue(value);

    private static StaticValue List(IEnumerable<long> values) => new ListValue(values.Select(Whole).ToEquatableArray());

    // The sizes in another order and two of them as one, now and then with one to be worked out, or wrong.
    private static Gen<Draw> Reshape(Operator row) =>
        from sizes in Gen.Choose(1, 4).SelectMany(count => Gen.Elements(1L, 2L, 3L, 4L, 6L).ArrayOf(count))
        from order in Gen.Shuffle<long>(sizes)
        from merges in Gen.Elements(true, false)
        from open in Gen.Choose(0, 8)
        from wrong in Gen.Choose(0, 5)
        let merged = merges && order.Length > 1 ? [order[0] * order[1], .. order.Skip(2)] : order
        let given = merged.Select((size, i) => i == open ? -1 : wrong == 0 && i == 0 ? size + 1 : size)
        select new Draw(row, [new TensorType([.. sizes.Select(size => (Dim)size)])], [("sizes", List(given))]);

    private static Gen<Draw> Expand(Operator row) =>
        from sizes in Gen.Choose(0, 3).SelectMany(count => Gen.Elements(1L, 1L, 2L, 3L).ArrayOf(count))
        from more in Gen.Choose(0, 2)
        from picks in Gen.Choose(0, 9).ArrayOf(sizes.Length + more)
        let given = picks.Select((pick, i) => i < more ? (pick == 0 ? -1 : pick % 3 + 1) : pick == 0 ? 4 : sizes[i - more] == 1 && pick < 5 ? pick : pick < 8 ? -1 : sizes[i - more])
        where picks.Length > 0
        select new Draw(row, [new TensorType([.. sizes.Select(size => (Dim)size)])], [("sizes", List(given))]);

    private static Gen<Draw> Roll(Operator row) =>
        from input in Draws.Inputs([(ElementType.Float, 3)])
        from count in Gen.Choose(1, 3)
        from dims in Gen.Shuffle([0L, 1L, -1L])
        from shifts in Gen.Choose(-3, 3).ArrayOf(3)
        from wrong in Gen.Choose(0, 5)
        select new Draw(row, input, [("shift", List(shifts.Take(wrong == 0 ? 3 - count + 1 : count).Select(s => (long)s))), ("dim", List(dims.Take(count)))]);

    private static Gen<Draw> Square(Operator row) => SquareOf(row, Gen.Choose(0, 2));

    private static Gen<Draw> SquareOf(Operator row, Gen<int> ranksBefore, int largest = 12) =>
        from before in ranksBefore
        from leading in Gen.Choose(1, 12).ArrayOf(before)
        from size in Gen.Choose(1, largest)
        from element in Gen.Elements(ElementType.Float, ElementType.Float64)
        from wrong in Gen.Choose(0, 6)
        from given in Draws.Given(row.Arguments)
        let sizes = leading.Concat([size, wrong == 0 ? size + 1 : size]).Select(s => (Dim)s)
        select new Draw(row, [new TensorType(element, sizes.ToEquatableArray())], given);

    // As many columns as the window has positions, or one more now and then.
    private static Gen<Draw> Fold(Operator row) =>
        from size in Gen.Choose(3, 8)
        from kernel in Gen.Choose(1, 3)
        from stride in Gen.Choose(1, 2)
        from pad in Gen.Choose(0, 1)
        from batch in Gen.Choose(1, 3)
        from channels in Gen.Choose(1, 3)
        from wrong in Gen.Choose(0, 7)
        let side = (size + 2 * pad - kernel) / stride + 1
        select new Draw(
            row,
            [new TensorType(batch, channels * kernel * kernel + (wrong == 0 ? 1 : 0), side * side + (wrong == 1 ? 1 : 0))],
            [("size", Whole(size)), ("kernel", Whole(kernel)), ("stride", Whole(stride)), ("pad", Whole(pad))]);
}
