using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Analysis;

/// <summary>The smallest square image that a model with open height and width takes.</summary>
public static class SmallestInput
{
    private const long Largest = 1024;

    /// <summary>Its side; null where the model fixes the size, takes no images, or takes none up to 1024.</summary>
    /// <param name="model">The model.</param>
    /// <param name="isSound">Whether the model compiles with height and width of this size, with all that it requires of them.</param>
    public static long? Of(ElaboratedModel model, Func<long, bool> isSound)
    {
        if (model.AtDefaults.Inputs.FirstOrDefault() is not { Type: { Rank: 4 } type }) return null;
        if (type[2].AsSymbol is not { } height || type[3].AsSymbol is not { } width) return null;
        var dims = Dims(model.AtDefaults).Where(d => d.Value is null && d.Symbols.All(s => s.Name == height.Name || s.Name == width.Name))
            .GroupBy(d => d.ToString()).Select(g => g.First()).ToArray();
        for (var side = 1L; side <= Largest; side++)
        {
            // Most sizes leave some stage nothing to work on: to see that takes no compiler.
            if (dims.All(d => d.Substitute(_ => side).Value is not < 1) && isSound(side)) return side;
        }
        return null;
    }

    // A block that is called often is one piece of graph.
    private static IEnumerable<Dim> Dims(Region root)
    {
        var seen = new HashSet<Region> { root };
        var open = new Stack<Region>(seen);
        while (open.Count > 0)
        {
            foreach (var node in open.Pop().Nodes)
            {
                foreach (var dim in node.Outputs.SelectMany(o => o.Type.Dims)) yield return dim;
                foreach (var inner in node.Inside().Where(seen.Add)) open.Push(inner);
            }
        }
    }
}
