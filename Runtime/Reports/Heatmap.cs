using static TorchSharp.torch;

namespace Dlm.Runtime.Reports;

/// <summary>A matrix that is shown as a field of squares.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Values"><c>[rows, columns]</c>; the smallest of all is white and the largest dark, unless <see cref="Range"/> says otherwise.</param>
public sealed record HeatmapPanel(string Name, Tensor Values)
{
    /// <summary>What is white and what is dark.</summary>
    public (double Low, double High)? Range { get; init; }

    /// <summary>What goes down the rows.</summary>
    public string? Down { get; init; }

    /// <summary>What goes along the columns.</summary>
    public string? Across { get; init; }

    /// <summary>A word for each row, as for the words that look in a map of attention.</summary>
    public IReadOnlyList<string>? Rows { get; init; }

    /// <summary>A word for each column.</summary>
    public IReadOnlyList<string>? Columns { get; init; }
}

/// <summary>Draws matrices as fields of squares, one above another or side by side, as an SVG: where a network looks, what it holds.</summary>
public static class Heatmap
{
    private const double Margin = 24, Head = 58, Name = 26, Below = 26, Letter = 6.4, Slanted = 0.72;

    /// <summary>Draws the panels.</summary>
    /// <param name="title">What is shown.</param>
    /// <param name="panels">The matrices.</param>
    /// <param name="columns">How many stand side by side.</param>
    /// <param name="square">How wide and high a square is.</param>
    /// <exception cref="ArgumentException">A tensor has no two dimensions, or words do not fit them.</exception>
    public static string Draw(string title, IReadOnlyList<HeatmapPanel> panels, int columns = 1, double square = 16)
    {
        ArgumentNullException.ThrowIfNull(panels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(square);
        foreach (HeatmapPanel panel in panels) Check(panel);
        double[] widths = [.. Enumerable.Range(0, Math.Min(columns, panels.Count)).Select(column => Of(column, panels.Count, columns).Max(i => Left(panels[i]) + panels[i].Values.shape[1] * square) + Margin)];
        Svg svg = new(Math.Max(2 * Margin + 9 * title.Length, widths.Sum() + Margin), Head + panels.Chunk(columns).Sum(row => Height(row, square)) + Margin / 2, title);
        svg.Text(Margin, 34, title, 17, weight: 600);
        double top = Head;
        foreach (HeatmapPanel[] row in panels.Chunk(columns))
        {
            double left = Margin, above = row.Max(Above);
            for (int i = 0; i < row.Length; left += widths[i++]) DrawPanel(svg, row[i], left, top, above, square);
            top += Height(row, square);
        }

        return svg.ToString();
    }

    private static IEnumerable<int> Of(int column, int count, int columns) => Enumerable.Range(0, count).Where(i => i % columns == column);

    private static void DrawPanel(Svg svg, HeatmapPanel panel, double at, double top, double above, double square)
    {
        (long rows, long columns) = (panel.Values.shape[0], panel.Values.shape[1]);
        double left = at + Left(panel), down = top + Name + above, width = columns * square, height = rows * square;
        svg.Text(at, top + 14, panel.Name, 12.5, Svg.Ink, weight: 600);
        int zoom = (int)Math.Ceiling(square); // not every viewer leaves squares sharp
        string png = Convert.ToBase64String(PngWriter.EncodeGrey(Pixels(panel, zoom), (int)columns * zoom, (int)rows * zoom));
        svg.Add($"<image x=\"{left}\" y=\"{down}\" width=\"{width}\" height=\"{height}\" preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\" ");
        svg.Add($"href=\"data:image/png;base64,{png}\" xlink:href=\"data:image/png;base64,{png}\"/>\n");
        svg.Add($"<rect x=\"{left}\" y=\"{down}\" width=\"{width}\" height=\"{height}\" fill=\"none\" stroke=\"{Svg.Muted}\" stroke-width=\"0.75\"/>\n");
        for (int i = 0; i < panel.Rows?.Count; i++) svg.Text(left - 6, down + (i + 0.5) * square + 4, panel.Rows[i], 11.5, Svg.Ink, "end");
        for (int i = 0; i < panel.Columns?.Count; i++) svg.Slanted(left + (i + 0.5) * square + 2, down - 6, panel.Columns[i], 11.5);
        if (panel.Across is not null) svg.Text(left + width / 2, down + height + 16, panel.Across + " →", 11.5, Svg.Muted, "middle");
        if (panel.Down is not null && panel.Rows is null) svg.Upright(left - 8, down + height / 2, "← " + panel.Down, 11.5);
    }

    private static byte[] Pixels(HeatmapPanel panel, int zoom)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        Tensor values = panel.Values.detach().to(ScalarType.Float32).cpu();
        (double low, double high) = panel.Range ?? (values.min().item<float>(), values.max().item<float>());
        Tensor grey = 255 - (values - low) / Math.Max(high - low, 1e-12) * 225; // dark grey rather than black, as ink
        return grey.round().clamp(0, 255).to(ScalarType.Byte).repeat_interleave(zoom, dim: 0).repeat_interleave(zoom, dim: 1).contiguous().data<byte>().ToArray();
    }

    private static double Left(HeatmapPanel panel) => panel.Rows is { } words ? 8 + Letter * words.Max(word => word.Length) : panel.Down is null ? 0 : 20;

    private static double Above(HeatmapPanel panel) => panel.Columns is { } words ? 8 + Slanted * Letter * words.Max(word => word.Length) : 0;

    private static double Height(IReadOnlyList<HeatmapPanel> row, double square) => Name + row.Max(Above) + row.Max(panel => panel.Values.shape[0]) * square + Below;

    private static void Check(HeatmapPanel panel)
    {
        if (panel.Values.shape is not [> 0 and var rows, > 0 and var columns])
        {
            throw new ArgumentException($"A heatmap's values are [rows, columns], and those of '{panel.Name}' are [{string.Join(", ", panel.Values.shape)}].");
        }

        if ((panel.Rows?.Count ?? rows) != rows || (panel.Columns?.Count ?? columns) != columns)
        {
            throw new ArgumentException($"'{panel.Name}' has {rows} rows and {columns} columns, but {panel.Rows?.Count ?? rows} and {panel.Columns?.Count ?? columns} words for them.");
        }
    }
}
