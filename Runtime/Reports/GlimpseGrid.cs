using System.Globalization;

namespace Dlm.Runtime.Reports;

/// <summary>A picture and the places at which something looked, one after the other.</summary>
/// <param name="Pixels">Grey, row by row, 0 black to 255 white.</param>
/// <param name="Width">Pixels from left to right.</param>
/// <param name="Height">Pixels from top to bottom.</param>
/// <param name="Glimpses">The middles of the glimpses, in pixels from the upper left corner.</param>
/// <param name="Note">What stands below.</param>
/// <param name="IsWrong">Whether the note is a mistake.</param>
public sealed record GlimpseGridCell(byte[] Pixels, int Width, int Height, IReadOnlyList<(double X, double Y)> Glimpses, string Note, bool IsWrong);

/// <summary>Draws where attention went over pictures, as an SVG: a frame for each glimpse, and a line from one to the next.</summary>
public static class GlimpseGrid
{
    private const double Picture = 136, CellWidth = 160, CellHeight = 172, Margin = 24, Head = 64;
    private const string Green = "#22c55e";

    /// <summary>Draws the grid.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="subtitle">How to read it.</param>
    /// <param name="cells">The pictures.</param>
    /// <param name="size">How many pixels wide and high a glimpse is.</param>
    /// <param name="columns">How many pictures stand side by side.</param>
    public static string Draw(string title, string subtitle, IReadOnlyList<GlimpseGridCell> cells, double size, int columns = 5)
    {
        ArgumentNullException.ThrowIfNull(cells);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        int rows = Math.Max(1, (cells.Count + columns - 1) / columns);
        Svg svg = new(2 * Margin + columns * CellWidth, Head + rows * CellHeight + Margin, title);
        svg.Text(Margin + 12, 32, title, 17, weight: 600).Text(Margin + 12, 52, subtitle, 12.5, Svg.Muted);
        for (int i = 0; i < cells.Count; i++) DrawCell(svg, cells[i], size, Margin + i % columns * CellWidth + (CellWidth - Picture) / 2, Head + i / columns * CellHeight + 6);
        return svg.ToString();
    }

    private static void DrawCell(Svg svg, GlimpseGridCell cell, double size, double x, double y)
    {
        string png = Convert.ToBase64String(PngWriter.EncodeGrey(cell.Pixels, cell.Width, cell.Height));
        svg.Add($"<svg x=\"{x}\" y=\"{y}\" width=\"{Picture}\" height=\"{Picture}\" viewBox=\"0 0 {cell.Width} {cell.Height}\">\n");
        svg.Add($"<image width=\"{cell.Width}\" height=\"{cell.Height}\" style=\"image-rendering:pixelated\" href=\"data:image/png;base64,{png}\" xlink:href=\"data:image/png;base64,{png}\"/>\n");
        double line = cell.Width / Picture; // a pixel of the drawing
        string path = string.Join(' ', cell.Glimpses.Select(place => string.Create(CultureInfo.InvariantCulture, $"{place.X:0.##},{place.Y:0.##}")));
        foreach ((double X, double Y) place in cell.Glimpses)
        {
            svg.Add($"<rect x=\"{place.X - size / 2}\" y=\"{place.Y - size / 2}\" width=\"{size}\" height=\"{size}\" fill=\"none\" stroke=\"{Green}\" stroke-opacity=\"0.55\" stroke-width=\"{line}\"/>\n");
        }

        svg.Add($"<polyline points=\"{path}\" fill=\"none\" stroke=\"{Green}\" stroke-width=\"{1.8 * line}\" stroke-linejoin=\"round\"/>\n");
        if (cell.Glimpses is [var first, .., var last])
        {
            svg.Add($"<circle cx=\"{first.X}\" cy=\"{first.Y}\" r=\"{3.2 * line}\" fill=\"#ffffff\" stroke=\"{Green}\" stroke-width=\"{1.6 * line}\"/>\n");
            svg.Add($"<circle cx=\"{last.X}\" cy=\"{last.Y}\" r=\"{3.4 * line}\" fill=\"{Svg.Red}\"/>\n");
        }

        svg.Add($"</svg>\n");
        svg.Text(x + Picture / 2, y + Picture + 17, cell.Note, 12.5, cell.IsWrong ? Svg.Red : Svg.Ink, "middle");
    }
}
