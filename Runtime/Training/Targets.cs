using static TorchSharp.torch;

namespace Dlm.Runtime.Training;

/// <summary>
/// Holds a target against what the network said. A loss that broadcasts compares every prediction with every target, and trains towards
/// their mean without a word.
/// </summary>
public static class Targets
{
    /// <summary>Requires a target of the output's shape.</summary>
    /// <exception cref="ArgumentException">It has another.</exception>
    public static void RequireSameShape(Tensor output, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(target);
        if (output.shape.AsSpan().SequenceEqual(target.shape)) return;
        throw new ArgumentException($"The output is {Shown(output)} and the target {Shown(target)}: this loss compares number by number. Bring the target to the output's shape, with unsqueeze or reshape.", nameof(target));
    }

    /// <summary>Requires a class for each place of the output, int64 in the output's shape without <paramref name="dimension"/>; or, where that is 1, a share of each class in the output's shape.</summary>
    /// <param name="output">What the network said.</param>
    /// <param name="target">The classes.</param>
    /// <param name="dimension">The dimension of the output that has a score for each class.</param>
    /// <exception cref="ArgumentException">They have another shape, or another type.</exception>
    public static void RequireClasses(Tensor output, Tensor target, int dimension = 1)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(target);
        long[] places = [.. output.shape.Where((_, i) => i != dimension)];
        bool areShares = target.is_floating_point();
        if (areShares && dimension == 1 && output.shape.AsSpan().SequenceEqual(target.shape)) return;
        if (!areShares && places.AsSpan().SequenceEqual(target.shape) && target.dtype == ScalarType.Int64) return;
        throw new ArgumentException(
            $"The output is {Shown(output)} and the target {Shown(target)}: this loss takes a class for each, Int64[{string.Join(", ", places)}]{(dimension == 1 ? ", or a share of each class in the output's shape" : "")}.",
            nameof(target));
    }

    private static string Shown(Tensor tensor) => $"{tensor.dtype}[{string.Join(", ", tensor.shape)}]";
}
