using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;
using FsCheck;
using FsCheck.Fluent;

namespace Dlm.Operators.Tests;

/// <summary>Rows whose inputs or arguments depend on one another so much that calls drawn freely would hardly ever be right.</summary>
internal static class SpecialDraws
{
    private static readonly Dictionary<string, Func<Operator, Gen<Draw>>> ByName = new(StringComparer.Ordinal)
    {
        ["fold"] = Fold,
    };

    /// <summary>The row's own generator, or null where the general one serves.</summary>
    public static Gen<Draw>? Find(Operator row) => ByName.TryGetValue(row.Name, out var draws) ? draws(row) : SeveralDraws.Find(row);

    private static StaticValue Whole(long value) => new IntValue(value);

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
