namespace Dlm.Cli.Drawing;

/// <summary>Gives every item of a diagram its place, boxes from the inside out. Lengths are pixels.</summary>
internal static class DiagramLayout
{
    public const double StripHeight = 24;
    public const double TitleHeight = 28;
    public const double FontSize = 12.5;
    public const double KeySize = 11;
    public const double JunctionSize = 24;
    public const double Stack = 4;
    private const double TerminalHeight = 28;
    private const double Padding = 18;
    private const double LayerGap = 40;
    private const double GateGap = 22;
    private const double LaneGap = 22;
    private const double ColumnGap = 70;
    private const double TallestColumn = 1300;
    private const double CornerOffset = 11;

    /// <summary>Lays out a diagram and all that is inside; one at the top that is a single line may stand in several columns.</summary>
    public static void Apply(Diagram diagram, bool mayWrap)
    {
        foreach (var item in diagram.Items) Measure(item);
        var tracks = Tracks.Assign(diagram);
        PlaceDown(diagram);
        PlaceAcross(diagram, tracks);
        if (mayWrap && tracks.Count == 0 && diagram.Height > TallestColumn) Wrap(diagram);
        else foreach (var edge in diagram.Edges) edge.Points = Route(edge, diagram);
    }

    private static void Measure(Item item)
    {
        switch (item)
        {
            case Card card:
                item.Width = Math.Max(130, card.Strips.Max(s => TextWidth.Of(s.Text, FontSize) + (s.Key.Length > 0 ? TextWidth.Of(s.Key, KeySize) + 18 : 0)) + 30);
                item.Height = card.Strips.Count * StripHeight;
                break;
            case Junction:
                item.Width = item.Height = JunctionSize;
                break;
            case Terminal terminal:
                item.Width = TextWidth.Of(terminal.Text, FontSize) + 36;
                item.Height = TerminalHeight;
                break;
            case Box box:
                Apply(box.Inside, mayWrap: false);
                var title = TextWidth.Of(box.Title, FontSize) * 1.06 + TextWidth.Of(box.Key, KeySize) + (box.Times > 1 ? 48 : 0) + 44;
                var wider = Math.Max(0, title - box.Inside.Width - 2 * Padding);
                item.Width = box.Inside.Width + 2 * Padding + wider;
                item.Height = box.Inside.Height + TitleHeight;
                item.Axis = box.Inside.Axis + Padding + wider / 2;
                return;
        }
        item.Axis = item.Width / 2;
    }

    private static void PlaceDown(Diagram diagram)
    {
        var layers = diagram.Items.Count == 0 ? 0 : diagram.Items.Max(i => i.Layer) + 1;
        var tops = new double[layers + 1];
        for (var layer = 0; layer < layers; layer++)
        {
            Item[] row = [.. diagram.Items.Where(i => i.Layer == layer)];
            var height = row.Max(i => i.Height);
            foreach (var item in row) item.Y = tops[layer] + (height - item.Height) / 2;
            tops[layer + 1] = tops[layer] + height + (row.All(i => i is Gate) || diagram.Items.Where(i => i.Layer == layer + 1).All(i => i is Gate) ? GateGap : LayerGap);
        }
        diagram.Height = layers == 0 ? 0 : diagram.Items.Max(i => i.Bottom);
    }

    // The main line at 0; then tracks outwards, each as near as the layers it passes allow.
    private static void PlaceAcross(Diagram diagram, IReadOnlyList<Track> tracks)
    {
        var layers = diagram.Items.Max(i => i.Layer) + 1;
        var (left, right) = (new double[layers], new double[layers]);
        foreach (var item in diagram.Items.Where(i => i.Track is null))
        {
            item.X = -item.Axis;
            left[item.Layer] = Math.Min(left[item.Layer], item.X);
            right[item.Layer] = Math.Max(right[item.Layer], item.Right + (item is Box { Times: > 1 } ? 2 * Stack : 0));
        }
        foreach (var track in tracks.OrderBy(t => Math.Abs(t.Lane)))
        {
            var (first, last) = (Math.Max(0, track.First), Math.Min(layers - 1, track.Last));
            var over = Enumerable.Range(first, Math.Max(0, last - first + 1));
            var before = track.Items.Select(i => i.Axis).DefaultIfEmpty(0).Max();
            var behind = track.Items.Select(i => i.Width - i.Axis).DefaultIfEmpty(0).Max();
            // Also past those nearer to the main line that it would seem to go on as.
            var nearer = tracks.Where(t => t != track && t.Lane * track.Lane > 0 && Math.Abs(t.Lane) < Math.Abs(track.Lane) && t.Overlaps(track)).Select(t => t.X);
            track.X = track.Lane > 0
                ? over.Select(l => right[l]).Concat(nearer).DefaultIfEmpty(0).Max() + LaneGap + before
                : over.Select(l => left[l]).Concat(nearer).DefaultIfEmpty(0).Min() - LaneGap - behind;
            foreach (var item in track.Items) item.X = track.X - item.Axis;
            foreach (var layer in over)
            {
                if (track.Lane > 0) right[layer] = Math.Max(right[layer], track.X + behind);
                else left[layer] = Math.Min(left[layer], track.X - before);
            }
        }
        var shapes = diagram.Edges.Where(e => e.Track is null).Select(e => (e.From.Track?.X ?? 0) + 10 + TextWidth.Of(e.Shape, KeySize));
        Shift(diagram, tracks, -left.Min(), right.Concat(shapes).Max());
    }

    private static void Shift(Diagram diagram, IReadOnlyList<Track> tracks, double by, double right)
    {
        foreach (var item in diagram.Items) item.X += by;
        foreach (var track in tracks) track.X += by;
        diagram.Axis = by;
        diagram.Width = by + right;
    }

    private static (double X, double Y)[] Route(Edge edge, Diagram diagram)
    {
        var (fromX, fromY) = Exit(edge);
        var (toX, toY) = Entry(edge);
        if (edge.Track is null && Math.Abs(fromX - toX) < 0.5) return [(fromX, fromY), (toX, toY)];
        var staysBeside = edge.From.Track is { } own && own.Items[^1] == edge.From;
        var lane = edge.Track?.X ?? (staysBeside || IsReachedFromItsSide(edge, fromX, diagram) ? fromX : toX);
        var points = new List<(double, double)> { (fromX, fromY) };
        if (Math.Abs(lane - fromX) > 0.5)
        {
            points.Add((fromX, fromY + CornerOffset));
            points.Add((lane, fromY + CornerOffset));
        }
        if (Math.Abs(lane - toX) > 0.5 && IsReachedFromItsSide(edge, lane, diagram))
        {
            var middle = edge.To.Y + edge.To.Height / 2;
            return [.. points, (lane, middle), (lane > toX ? edge.To.Right : edge.To.X, middle)];
        }
        if (Math.Abs(lane - toX) > 0.5)
        {
            points.Add((lane, toY - CornerOffset));
            points.Add((toX, toY - CornerOffset));
        }
        points.Add((toX, toY));
        return [.. points];
    }

    // Where several lines meet, in a sum or where tensors are joined, those from beside come in there, if nothing is in their way.
    private static bool IsReachedFromItsSide(Edge edge, double lane, Diagram diagram)
    {
        if (edge.To is not (Junction or Card) || diagram.Edges.Count(e => e.To == edge.To) < 2) return false;
        var (from, to) = lane > edge.To.AxisX ? (edge.To.Right, lane) : (lane, edge.To.X);
        return from < to && !diagram.Items.Any(i => i != edge.To && i.Layer == edge.To.Layer && i.Right > from && i.X < to);
    }

    private static (double X, double Y) Exit(Edge edge) =>
        (edge.From is Box box && box.Inside.Exits.ElementAtOrDefault(edge.FromPort) is { } gate ? InsideX(box, gate) : edge.From.AxisX, edge.From.Bottom);

    private static (double X, double Y) Entry(Edge edge) =>
        (edge.To is Box box && box.Inside.Entries.ElementAtOrDefault(edge.ToPort) is { } gate ? InsideX(box, gate) : edge.To.AxisX, edge.To.Y);

    private static double InsideX(Box box, Item gate) => box.X + box.Axis - box.Inside.Axis + gate.AxisX;

    // As many columns as make the picture about as wide as a page, each about as high as the others.
    private static void Wrap(Diagram diagram)
    {
        Item[] items = [.. diagram.Items.OrderBy(i => i.Layer)];
        var count = Enumerable.Range(2, 7).TakeWhile(n => n * (diagram.Width + ColumnGap) < 1.9 * diagram.Height / n).DefaultIfEmpty(2).Last();
        var columns = Columns(items, count);
        double x = 0, height = 0;
        foreach (var column in columns)
        {
            var axis = column.Max(i => i.Axis);
            var width = column.Max(i => i.Width - i.Axis) + axis;
            var top = column[0].Y;
            foreach (var item in column) (item.X, item.Y) = (x + axis - item.Axis, item.Y - top);
            x += width + ColumnGap;
            height = Math.Max(height, column[^1].Bottom);
        }
        (diagram.Width, diagram.Height, diagram.Axis) = (x - ColumnGap, height, items[0].AxisX);
        foreach (var edge in diagram.Edges)
        {
            var i = columns.FindIndex(c => c[^1] == edge.From);
            if (i < 0 || i + 1 == columns.Count || columns[i + 1][0] != edge.To)
            {
                edge.Points = Route(edge, diagram);
                continue;
            }
            // Up between the columns to the head of the next.
            var gutter = columns[i + 1].Min(item => item.X) - ColumnGap / 2;
            var (from, to) = (edge.From, edge.To);
            edge.Points = [(from.AxisX, from.Bottom), (from.AxisX, from.Bottom + 16), (gutter, from.Bottom + 16), (gutter, to.Y - 16), (to.AxisX, to.Y - 16), (to.AxisX, to.Y)];
            diagram.Height = Math.Max(diagram.Height, from.Bottom + 16);
        }
    }

    // Cuts where the tallest column becomes lowest.
    private static List<Item[]> Columns(Item[] items, int count)
    {
        double low = items.Max(i => i.Height), high = items[^1].Bottom - items[0].Y;
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (Cut(items, middle).Count <= count) high = middle;
            else low = middle;
        }
        return Cut(items, high);
    }

    private static List<Item[]> Cut(Item[] items, double tallest)
    {
        var columns = new List<Item[]>();
        for (var start = 0; start < items.Length;)
        {
            var end = start + 1;
            while (end < items.Length && items[end].Bottom - items[start].Y <= tallest) end++;
            columns.Add(items[start..end]);
            start = end;
        }
        return columns;
    }
}
