using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Elaboration;

/// <summary>How a size came about: what it was after each stage on the way from the input.</summary>
internal static class SizeTrail
{
    private const int MostSteps = 2000;

    /// <summary>The conflict of two tensors in a dimension that both have, counted from the end.</summary>
    public static SizeConflict Conflict(string where, GraphValue left, GraphValue right, int fromEnd) =>
        new(where, left.Type[-fromEnd], right.Type[-fromEnd], Of(left, fromEnd), Of(right, fromEnd));

    /// <summary>The sizes of a dimension, counted from the end, back to where the number of dimensions was another.</summary>
    public static IReadOnlyList<Dim> Of(GraphValue value, int fromEnd)
    {
        var sizes = new List<Dim>();
        var rank = value.Type.Rank;
        var outside = new Stack<ModuleNode>();
        var current = value;
        for (var step = 0; step < MostSteps && current.Type.Rank == rank; step++)
        {
            if (sizes.Count == 0 || !sizes[sizes.Count - 1].Equals(current.Type[-fromEnd])) sizes.Add(current.Type[-fromEnd]);
            if (current.Producer is ModuleNode module)
            {
                // Through the module, from its result to what flows in.
                outside.Push(module);
                current = module.Body.Results[Math.Max(0, module.Outputs.ToList().IndexOf(current))];
            }
            else if (current.Producer is { Inputs.Count: > 0 } producer)
            {
                current = producer.Inputs[0];
            }
            else if (outside.Count > 0 && outside.Pop() is { Inputs.Count: > 0 } left)
            {
                current = left.Inputs[Math.Max(0, Math.Min(left.Inputs.Count - 1, left.Body.Inputs.ToList().IndexOf(current)))];
            }
            else
            {
                break;
            }
        }
        sizes.Reverse();
        return sizes;
    }
}
