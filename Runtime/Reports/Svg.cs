using System.Globalization;
using System.Security;
using System.Text;

namespace Dlm.Runtime.Reports;

/// <summary>Writes an SVG picture, element by element.</summary>
internal sealed class Svg
{
    public const string Ink = "#1f2937";
    public const string Muted = "#6b7280";
    public const string Line = "#e5e7eb";
    public const string Blue = "#2563eb";
    public const string Red = "#dc2626";

    private readonly StringBuilder _text = new();

    /// <summary>A white picture of the given size, with a title.</summary>
    public Svg(double width, double height, string title)
    {
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" ");
        Add($"font-family=\"system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif\">\n<title>{Escape(title)}</title>\n");
        Add($"<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n");
    }

    /// <summary>Adds a piece; numbers are written with at most two decimals, whatever the user's language.</summary>
    public Svg Add(FormattableString piece)
    {
        object?[] arguments = [.. piece.GetArguments().Select(a => a is double number ? Math.Round(number, 2) : a)];
        _text.AppendFormat(CultureInfo.InvariantCulture, piece.Format, arguments);
        return this;
    }

    /// <summary>Adds a line of text.</summary>
    /// <param name="x">Where, by <paramref name="anchor"/>.</param>
    /// <param name="y">The line the letters stand on.</param>
    /// <param name="text">What.</param>
    /// <param name="size">The height of the letters.</param>
    /// <param name="colour">Their colour.</param>
    /// <param name="anchor">"start", "middle" or "end".</param>
    /// <param name="weight">400 for normal, 600 for bold letters.</param>
    public Svg Text(double x, double y, string text, double size = 12, string colour = Ink, string anchor = "start", int weight = 400) =>
        Add($"<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"{colour}\" text-anchor=\"{anchor}\" font-weight=\"{weight}\">{Escape(text)}</text>\n");

    /// <summary>Adds text that goes up to the right from where it begins.</summary>
    public Svg Slanted(double x, double y, string text, double size) =>
        Add($"<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"{Ink}\" transform=\"rotate(-45 {x} {y})\">{Escape(text)}</text>\n");

    /// <summary>Adds muted text that goes up, around its middle.</summary>
    public Svg Upright(double x, double y, string text, double size) =>
        Add($"<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"{Muted}\" text-anchor=\"middle\" transform=\"rotate(-90 {x} {y})\">{Escape(text)}</text>\n");

    /// <summary>The whole picture.</summary>
    public override string ToString() => _text + "</svg>\n";

    private static string Escape(string text) => SecurityElement.Escape(text);
}
