namespace Dlm.Dsl.Analysis;

/// <summary>What became of a stage.</summary>
public enum StageChangeKind
{
    /// <summary>Nothing.</summary>
    Same,

    /// <summary>It is only in the second model.</summary>
    Added,

    /// <summary>It is only in the first model.</summary>
    Removed,

    /// <summary>It has another operator, other arguments, another key, or other parameters.</summary>
    Changed,

    /// <summary>Only the tensors that flow through it have other shapes.</summary>
    Reshaped,
}

/// <summary>A stage of two models.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Before">The stage in the first model; null where it has none.</param>
/// <param name="After">The stage in the second.</param>
/// <param name="Inside">The stages inside of it, where it is in both.</param>
public sealed record StageChange(StageChangeKind Kind, Stage? Before, Stage? After, IReadOnlyList<StageChange> Inside)
{
    /// <summary>The stage, in the second model where it is there.</summary>
    public Stage Stage => After ?? Before!;

    /// <summary>Whether anything is different in it or inside of it.</summary>
    public bool HasChanges => Kind != StageChangeKind.Same || Inside.Any(i => i.HasChanges);
}

/// <summary>
/// Compares two models stage by stage. Stages are matched in order, like with like: a stage put in between moves those behind it, as
/// the keys of a group do, and does not make them different ones.
/// </summary>
public static class ModelDiff
{
    // A table of this many cells is filled at once; where there would be more, stages go by their names.
    private const long MostCells = 4_000_000;

    /// <summary>The changes from one model to another.</summary>
    public static StageChange Of(Stage before, Stage after) => Compare(before, after) with { Kind = StageChangeKind.Same };

    private static StageChange Compare(Stage before, Stage after)
    {
        // The same piece of graph with the same tensors: a block that is repeated.
        if (before == after) return new StageChange(StageChangeKind.Same, before, after, []);
        var inside = Align(before.Stages, after.Stages);
        var ownParameters = before.Stages.Count + after.Stages.Count == 0 && before.Cost.Parameters != after.Cost.Parameters;
        var kind = before.Kind != after.Kind || before.Text != after.Text || before.Key != after.Key || ownParameters ? StageChangeKind.Changed
            : !before.Outputs.SequenceEqual(after.Outputs) ? StageChangeKind.Reshaped
            : StageChangeKind.Same;
        return new StageChange(kind, before, after, inside);
    }

    private static IReadOnlyList<StageChange> Align(IReadOnlyList<Stage> before, IReadOnlyList<Stage> after)
    {
        var changes = new List<StageChange>();
        var start = 0;
        while (start < before.Count && start < after.Count && AreAlike(before[start], after[start])) changes.Add(Compare(before[start], after[start++]));
        var end = 0;
        while (end < Math.Min(before.Count, after.Count) - start && AreAlike(before[before.Count - 1 - end], after[after.Count - 1 - end])) end++;
        var (old, now) = (before.Skip(start).Take(before.Count - start - end).ToArray(), after.Skip(start).Take(after.Count - start - end).ToArray());
        changes.AddRange((long)old.Length * now.Length <= MostCells ? AlignByTable(old, now) : AlignByName(old, now));
        for (; end > 0; end--) changes.Add(Compare(before[before.Count - end], after[after.Count - end]));
        return changes;
    }

    private static bool AreAlike(Stage before, Stage after) => before.Kind == after.Kind && before.Text == after.Text && before.Label == after.Label;

    // Needleman and Wunsch (1970): the pairs in order that are alike most of all.
    private static IEnumerable<StageChange> AlignByTable(Stage[] before, Stage[] after)
    {
        var best = new int[before.Length + 1, after.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
        {
            for (var j = after.Length - 1; j >= 0; j--)
            {
                var pair = Likeness(before[i], after[j]);
                best[i, j] = Math.Max(Math.Max(best[i + 1, j], best[i, j + 1]), pair == 0 ? 0 : best[i + 1, j + 1] + pair);
            }
        }
        for (int i = 0, j = 0; i < before.Length || j < after.Length;)
        {
            var pair = i < before.Length && j < after.Length ? Likeness(before[i], after[j]) : 0;
            if (pair > 0 && best[i, j] == best[i + 1, j + 1] + pair) yield return Compare(before[i++], after[j++]);
            else if (i < before.Length && (j == after.Length || best[i, j] == best[i + 1, j])) yield return Removed(before[i++]);
            else yield return Added(after[j++]);
        }
    }

    private static IEnumerable<StageChange> AlignByName(Stage[] before, Stage[] after)
    {
        var now = after.GroupBy(s => s.Label).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var kept = new HashSet<Stage>();
        foreach (var stage in before)
        {
            if (now.TryGetValue(stage.Label, out var match) && kept.Add(match)) yield return Compare(stage, match);
            else yield return Removed(stage);
        }
        foreach (var stage in after.Where(s => !kept.Contains(s))) yield return Added(stage);
    }

    private static int Likeness(Stage before, Stage after)
    {
        if (before.Kind != after.Kind) return before.Key is not null && before.Label == after.Label ? 1 : 0;
        return 2 + (before.Text == after.Text ? 2 : 0) + (before.Label == after.Label ? 1 : 0);
    }

    private static StageChange Added(Stage stage) => new(StageChangeKind.Added, null, stage, []);

    private static StageChange Removed(Stage stage) => new(StageChangeKind.Removed, stage, null, []);
}
