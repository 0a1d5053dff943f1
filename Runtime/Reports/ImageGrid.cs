namespace Dlm.Runtime.Reports;

/// <summary>One picture of a grid, with what stands below it.</summary>
/// <param name="Pixels">Grey, row by row, 0 black to 255 white.</param>
/// <param name="Width">Pixels from left to right.</param>
/// <param name="Height">Pixels from top to bottom.</param>
/// <param name="Expected">What it is.</param>
/// <param name="Found">What it was taken for.</param>
/// <param name="Note">A word more, as how certain that was.</param>
public sealed record ImageGridCell(byte[] Pixels, int Width, int Height, string Expected, string Found, string Note);

/// <summary>Draws small pictures side by side, as the samples that a network got wrong, as an SVG that holds all of them.</summary>
public static class ImageGrid
{
    private const double Picture = 76;
    private const double CellWidth = 96;
    private const double CellHeight = 124;
    private const double Margin = 24;
    private const double Head = 64;

    /// <summary>Draws the grid.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="subtitle">How to read it.</param>
    /// <param name="cells">The pictures.</param>
    /// <param name="columns">How many stand side by side.</param>
    public static string Draw(string title, string subtitle, IReadOnlyList<ImageGridCell> cells, int columns = 8)
    {
        ArgumentNullException.ThrowIfNull(cells);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        int rows = Math.Max(1, (cells.Count + columns - 1) / columns);
        Svg svg = new(2 * Margin + columns * CellWidth, Head + rows * CellHeight + Margin, title);
        svg.Text(Margin + 10, 32, title, 17, weight: 600).Text(Margin + 10, 52, subtitle, 12.5, Svg.Muted);
        for (int i = 0; i < cells.Count; i++)
        {
            double x = Margin + i % columns * CellWidth + (CellWidth - Picture) / 2, y = Head + i / columns * CellHeight + 6;
            DrawCell(svg, cells[i], x, y);
        }

        return svg.ToString();
    }

    private static void DrawCell(Svg svg, ImageGridCell cell, double x, double y)
    {
        string png = Convert.ToBase64String(PngWriter.EncodeGrey(cell.Pixels, cell.Width, cell.Height));
        double middle = x + Picture / 2, line = y + Picture + 19;
        svg.Add($"<image x=\"{x}\" y=\"{y}\" width=\"{Picture}\" height=\"{Picture}\" style=\"image-rendering:pixelated\" ");
        svg.Add($"href=\"data:image/png;base64,{png}\" xlink:href=\"data:image/png;base64,{png}\"/>\n");
        svg.Text(middle - 14, line, cell.Expected, 16, Svg.Ink, "end", 600);
        svg.Text(middle, line - 1, "→", 13, Svg.Muted, "middle");
        svg.Text(middle + 14, line, cell.Found, 16, Svg.Red, "start", 600);
        svg.Text(middle, line + 15, cell.Note, 10.5, Svg.Muted, "middle");
    }
}
