namespace Dlm.Cli.Drawing;

/// <summary>The sides of a tile that its line reaches from the middle.</summary>
[Flags]
internal enum Sides
{
    None = 0,
    Top = 1,
    Right = 2,
    Bottom = 4,
    Left = 8,
}

/// <summary>
/// A diagram as a grid in which lines are tiles, so that a browser can lay it out and a box can open and close: a column for each
/// track, and for each layer a row of items, one in which lines branch off, one that says what flows, and one in which they join.
/// </summary>
internal sealed class Tiles
{
    private readonly Dictionary<(int Row, int Column), Sides> lines = [];
    private readonly Dictionary<(int Row, int Column), string> shapes = [];
    private readonly Dictionary<(int Row, int Column), Item> items = [];
    private readonly int firstLane;

    public Tiles(Diagram diagram)
    {
        var tracks = Tracks.Assign(diagram);
        firstLane = tracks.Select(t => t.Lane).Append(0).Min();
        Columns = tracks.Select(t => t.Lane).Append(0).Max() - firstLane + 1;
        MainColumn = -firstLane;
        foreach (var item in diagram.Items)
        {
            items[(RowOf(item), ColumnOf(item))] = item;
            Rows = Math.Max(Rows, RowOf(item) + 1);
        }
        foreach (var edge in diagram.Edges) Add(edge, joins: diagram.Edges.Count(e => e.To == edge.To) > 1);
    }

    public int Columns { get; }

    public int Rows { get; }

    /// <summary>The column of the main line.</summary>
    public int MainColumn { get; }

    public Item? ItemAt(int row, int column) => items.TryGetValue((row, column), out var item) ? item : null;

    public Sides LinesAt(int row, int column) => lines.TryGetValue((row, column), out var sides) ? sides : Sides.None;

    /// <summary>The shape of what flows out of the item above.</summary>
    public string ShapeAt(int row, int column) => shapes.TryGetValue((row, column), out var shape) ? shape : "";

    private static int RowOf(Item item) => 4 * item.Layer;

    private int ColumnOf(Item item) => (item.Track?.Lane ?? 0) - firstLane;

    // To where lines meet a line goes straight down and then across, from where they part across and then down.
    private void Add(Edge edge, bool joins)
    {
        var (from, to) = (ColumnOf(edge.From), ColumnOf(edge.To));
        var (start, end) = (RowOf(edge.From), RowOf(edge.To));
        var way = edge.Track is { } track ? track.Lane - firstLane : joins && IsFree(from, start, end) ? from : IsFree(to, start, end) ? to : from;
        Line(start, from, Sides.Bottom);
        Across(start + 1, from, way);
        for (var row = start + 2; row < end - 1; row++) Line(row, way, Sides.Top | Sides.Bottom);
        Across(end - 1, way, to);
        Line(end, to, Sides.Top);
        if (edge.From is not (Gate or Terminal) && edge.To is not (Gate or Terminal)) shapes[(start + 2, way)] = edge.Shape;
    }

    private bool IsFree(int column, int start, int end) =>
        Enumerable.Range(start + 1, Math.Max(0, end - start - 1)).All(row => !items.ContainsKey((row, column)));

    // From the top of one column to the bottom of another, in one row.
    private void Across(int row, int from, int to)
    {
        Line(row, from, Sides.Top);
        Line(row, to, Sides.Bottom);
        if (from == to) return;
        var (left, right) = (Math.Min(from, to), Math.Max(from, to));
        Line(row, left, Sides.Right);
        Line(row, right, Sides.Left);
        for (var column = left + 1; column < right; column++) Line(row, column, Sides.Left | Sides.Right);
    }

    private void Line(int row, int column, Sides sides) => lines[(row, column)] = LinesAt(row, column) | sides;
}
