using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Operators;

/// <summary>What NumPy's rules make of tensors whose shapes differ, and libtorch's of element types that differ.</summary>
internal static class Broadcasting
{
    /// <summary>The shape that all <paramref name="values"/> broadcast to; null, and reported, where there is none.</summary>
    public static Dim[]? Broadcast(this OperatorCall call, string shownName, params GraphValue[] values)
    {
        var shape = values[0].Type.Dims.ToArray();
        for (var i = 1; i < values.Length; i++)
        {
            var conflicts = new List<SizeConflict>();
            var (before, value) = (values[i - 1], values[i]);
            shape = Join(call, shownName, shape, value.Type.Dims.ToArray(), conflicts, (name, fromEnd) =>
                fromEnd <= Math.Min(before.Type.Rank, value.Type.Rank) ? SizeTrail.Conflict(name, before, value, fromEnd) : null);
            if (conflicts.Count == 0) continue;
            call.Report().Broadcast(shownName, before, value, conflicts, Help(before.Type, value.Type), call.Proofs.Facts);
            return null;
        }
        return shape;
    }

    /// <summary>Whether two sizes are equal, or will be known to be; the constructor then checks it.</summary>
    public static bool AreEqual(this OperatorCall call, string shownName, Dim a, Dim b) =>
        call.Proofs.AreEqual(a, b, $"'{shownName}' needs {a} and {b} to be equal");

    /// <summary>
    /// The shape that two broadcast to; what differs is added to <paramref name="conflicts"/>, with how it came about where
    /// <paramref name="trace"/> tells of a dimension, counted from the end.
    /// </summary>
    public static Dim[] Join(
        OperatorCall call, string shownName, IReadOnlyList<Dim> left, IReadOnlyList<Dim> right, List<SizeConflict> conflicts, Func<string, int, SizeConflict?>? trace = null)
    {
        var rank = Math.Max(left.Count, right.Count);
        var dims = new Dim[rank];
        for (var i = 1; i <= rank; i++)
        {
            var (a, b) = (i <= left.Count ? left[left.Count - i] : Dim.One, i <= right.Count ? right[right.Count - i] : Dim.One);
            dims[rank - i] = a.Value == 1 ? b : a;
            if (a.Value == 1 || b.Value == 1 || call.AreEqual(shownName, a, b)) continue;
            var name = NameOf(rank - i, rank);
            conflicts.Insert(0, trace?.Invoke(name, i) ?? new SizeConflict(name, a, b));
        }
        return dims;
    }

    /// <summary>
    /// The element type of an operation on tensors: the highest of bool, int and float, where a tensor with dimensions counts
    /// before one without.
    /// </summary>
    public static ElementType Promote(params TensorType[] types)
    {
        var shaped = types.Where(t => t.Rank > 0).Select(t => t.Element).ToArray();
        var single = types.Where(t => t.Rank == 0).Select(t => t.Element).ToArray();
        if (shaped.Length == 0) return single.Aggregate(Highest);
        if (single.Length == 0) return shaped.Aggregate(Highest);
        var (high, low) = (shaped.Aggregate(Highest), single.Aggregate(Highest));
        return Category(low) > Category(high) ? low : high;
    }

    /// <summary>The element type of an operation on a tensor and a number.</summary>
    public static ElementType Promote(ElementType element, StaticValue number)
    {
        var other = number is IntValue ? ElementType.Int : ElementType.Float;
        return Category(other) > Category(element) ? other : element;
    }

    /// <summary>What a dimension is called.</summary>
    public static string NameOf(int index, int rank) => (rank, index) switch
    {
        (4, 0) or (3, 0) or (2, 0) => "batch",
        (4, 1) => "channels",
        (4, 2) => "height",
        (4, 3) => "width",
        _ => $"dimension {index}:",
    };

    private static ElementType Highest(ElementType a, ElementType b) =>
        Category(a) != Category(b) ? (Category(a) > Category(b) ? a : b) : a == ElementType.Float64 ? a : b;

    private static int Category(ElementType element) => element switch
    {
        ElementType.Bool => 0,
        ElementType.Int => 1,
        _ => 2,
    };

    private static string Help(TensorType left, TensorType right)
    {
        if (left.Rank != 4 || right.Rank != 4) return "make the shapes equal, or one of the sizes 1";
        var stride = left[2].Value is > 0 and { } small && right[2].Value is { } large && large > small && large % small == 0 ? large / small : 1;
        return $"project the shortcut, e.g. x -> conv({left[1]}, 1{(stride > 1 ? $", stride: {stride}" : "")}) -> batchnorm";
    }
}
