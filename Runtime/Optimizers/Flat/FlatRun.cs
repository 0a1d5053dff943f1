namespace Dlm.Runtime.Optimizers.Flat;

/// <summary>Parameters that lie side by side and make the same step: usually all of them.</summary>
/// <param name="First">The first one's index.</param>
/// <param name="End">The index behind the last one.</param>
/// <param name="Number">How often they have been stepped with this one; the first is 1.</param>
internal readonly record struct FlatRun(int First, int End, long Number)
{
    /// <summary>Counts a step for each parameter that has a gradient, and says in which runs they can be stepped.</summary>
    /// <param name="part">The parameters.</param>
    /// <param name="reached">Whether a parameter has a gradient.</param>
    /// <param name="single">Whether each parameter is to be a run of its own.</param>
    public static List<FlatRun> Advance(FlatParameters part, Predicate<int> reached, bool single)
    {
        List<FlatRun> runs = [];
        for (int i = 0; i < part.Names.Count; i++)
        {
            if (!reached(i)) continue;
            long number = ++part.StepsOf[i];
            if (part.Starts[i + 1] == part.Starts[i]) continue;
            if (!single && runs.Count > 0 && runs[^1].End == i && runs[^1].Number == number) runs[^1] = runs[^1] with { End = i + 1 };
            else runs.Add(new FlatRun(i, i + 1, number));
        }

        return runs;
    }
}
