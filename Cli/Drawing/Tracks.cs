namespace Dlm.Cli.Drawing;

/// <summary>
/// Puts the items of a diagram in layers, so that every line goes down, and on tracks: the longest way is the main line, straight
/// down; what branches off runs beside it, and so do the lines that pass over layers, such as the shortcut of a residual block.
/// </summary>
internal static class Tracks
{
    /// <summary>Sets layers and tracks, and gives the tracks beside the main line.</summary>
    public static IReadOnlyList<Track> Assign(Diagram diagram)
    {
        var below = diagram.Edges.ToLookup(e => e.From, e => e.To);
        var above = diagram.Edges.ToLookup(e => e.To, e => e.From);
        AssignLayers(diagram, above);
        var tracks = new List<Track>();
        var free = new HashSet<Item>(diagram.Items);
        free.ExceptWith(LongestWay(diagram, free, below));
        while (free.Count > 0)
        {
            var way = LongestWay(diagram, free, below);
            free.ExceptWith(way);
            // From below what it branches off to above what it flows into.
            var from = above[way[0]].Select(i => i.Layer + 1).DefaultIfEmpty(way[0].Layer).Max();
            var to = below[way[^1]].Select(i => i.Layer - 1).DefaultIfEmpty(way[^1].Layer).Max();
            var track = new Track(Math.Min(from, way[0].Layer), Math.Max(to, way[^1].Layer), way);
            foreach (var item in way) item.Track = track;
            tracks.Add(track);
        }
        // Lines that leave one item share a way, as in a dense block, where everything flows into all that follows.
        foreach (var lines in diagram.Edges.Where(e => NeedsTrack(e, diagram)).GroupBy(e => (e.From, e.FromPort)))
        {
            var track = new Track(lines.Key.From.Layer + 1, lines.Max(e => e.To.Layer) - 1, []);
            foreach (var edge in lines) edge.Track = track;
            tracks.Add(track);
        }
        AssignLanes(tracks);
        return tracks;
    }

    private static void AssignLayers(Diagram diagram, ILookup<Item, Item> above)
    {
        // Items are in an order in which each comes after those it needs.
        foreach (var item in diagram.Items.Where(i => i is not Gate { IsEntry: false } and not Terminal { IsInput: false }))
        {
            item.Layer = above[item].Select(i => i.Layer + 1).DefaultIfEmpty(0).Max();
        }
        var last = diagram.Items.Count == 0 ? 0 : diagram.Items.Max(i => i.Layer) + 1;
        foreach (var exit in diagram.Exits) exit.Layer = last;
    }

    private static List<Item> LongestWay(Diagram diagram, HashSet<Item> free, ILookup<Item, Item> below)
    {
        var length = new Dictionary<Item, (int Count, Item? Next)>();
        foreach (var item in diagram.Items.OrderByDescending(i => i.Layer).Where(free.Contains))
        {
            var next = below[item].Where(free.Contains).OrderByDescending(i => length[i].Count).FirstOrDefault();
            length[item] = (next is null ? 1 : length[next].Count + 1, next);
        }
        var way = new List<Item>();
        for (var item = diagram.Items.Where(free.Contains).OrderByDescending(i => length[i].Count).First(); item is not null; item = length[item].Next) way.Add(item);
        return way;
    }

    // On one track, with nothing between, a line goes straight down; a track that reaches to its end has room for its last line.
    private static bool NeedsTrack(Edge edge, Diagram diagram)
    {
        if (edge.To.Layer - edge.From.Layer <= 1) return false;
        if (edge.From.Track == edge.To.Track) return diagram.Items.Any(i => i.Track == edge.From.Track && i.Layer > edge.From.Layer && i.Layer < edge.To.Layer);
        var leaves = edge.From.Track is { } from && from.Items[^1] == edge.From && from.Last >= edge.To.Layer - 1;
        var joins = edge.To.Track is { } to && to.Items[0] == edge.To && to.First <= edge.From.Layer + 1;
        return !leaves && !joins;
    }

    // The shortest are nearest to the main line. Lines that pass by are on the right, where shortcuts are looked for.
    private static void AssignLanes(List<Track> tracks)
    {
        var placed = new List<Track>();
        foreach (var track in tracks.OrderBy(t => t.Items.Count == 0).ThenBy(t => t.Items.Count == 0 ? t.Last - t.First : 0))
        {
            var right = placed.Where(p => p.Lane > 0 && p.Overlaps(track)).Select(p => p.Lane).DefaultIfEmpty(0).Max() + 1;
            var left = placed.Where(p => p.Lane < 0 && p.Overlaps(track)).Select(p => -p.Lane).DefaultIfEmpty(0).Max() + 1;
            track.Lane = track.Items.Count == 0 || right <= left ? right : -left;
            placed.Add(track);
        }
    }
}
