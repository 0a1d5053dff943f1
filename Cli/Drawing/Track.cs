namespace Dlm.Cli.Drawing;

/// <summary>A way beside the main line, over some layers: a branch with its items, or a line that passes by.</summary>
/// <param name="first">The first layer that it needs to itself.</param>
/// <param name="last">The last.</param>
/// <param name="items">What stands on it; nothing for a line that passes by.</param>
internal sealed class Track(int first, int last, IReadOnlyList<Item> items)
{
    public int First { get; } = first;

    public int Last { get; } = last;

    public IReadOnlyList<Item> Items { get; } = items;

    /// <summary>How many tracks it lies away from the main line: right is positive, left negative.</summary>
    public int Lane { get; set; }

    /// <summary>Where its line runs. Set by the layout.</summary>
    public double X { get; set; }

    /// <summary>
    /// Whether the two cannot be one below the other: they need the same layer, or one branches off where the other joins and would
    /// seem to go on as that.
    /// </summary>
    public bool Overlaps(Track other) => First <= other.Last + 1 && other.First <= Last + 1;
}
