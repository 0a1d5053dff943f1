using System.Globalization;
using System.Text;

namespace Dlm.Runtime.Reports;

/// <summary>A picture with two axes, and what is drawn between them.</summary>
internal sealed class ChartFrame
{
    public const double Width = 820, Height = 460;
    public const double Left = 64, Right = 796, Top = 72, Bottom = 404;

    private readonly Axis _x, _y;

    /// <summary>An empty frame.</summary>
    /// <param name="heading">What stands above it.</param>
    /// <param name="title">What the picture is called.</param>
    /// <param name="x">What the axis from left to right shows.</param>
    /// <param name="y">What the axis from the bottom to the top shows.</param>
    /// <param name="logarithmic">Whether that is by logarithms.</param>
    public ChartFrame(string heading, string title, (double Low, double High) x, (double Low, double High) y, bool logarithmic = false)
    {
        _x = new Axis(x.Low, x.High, Left, Right);
        _y = new Axis(y.Low, y.High, Bottom, Top, logarithmic);
        Svg = new Svg(Width, Height, title);
        Svg.Text(Left, 32, heading, 17, weight: 600);
    }

    /// <summary>The picture.</summary>
    public Svg Svg { get; }

    public void DrawAxes(string across, string up)
    {
        foreach ((double value, string text) in _y.Ticks(6))
        {
            Svg.Add($"<line x1=\"{Left}\" x2=\"{Right}\" y1=\"{_y.At(value)}\" y2=\"{_y.At(value)}\" stroke=\"{Svg.Line}\"/>\n");
            Svg.Text(Left - 9, _y.At(value) + 4, text, 12, Svg.Muted, "end");
        }

        Svg.Add($"<line x1=\"{Left}\" x2=\"{Right}\" y1=\"{Bottom}\" y2=\"{Bottom}\" stroke=\"{Svg.Muted}\"/>\n");
        foreach ((double value, string text) in _x.Ticks(8))
        {
            Svg.Add($"<line x1=\"{_x.At(value)}\" x2=\"{_x.At(value)}\" y1=\"{Bottom}\" y2=\"{Bottom + 5}\" stroke=\"{Svg.Muted}\"/>\n");
            Svg.Text(_x.At(value), Bottom + 20, text, 12, Svg.Muted, "middle");
        }

        Svg.Text((Left + Right) / 2, Bottom + 42, across, 12.5, Svg.Ink, "middle");
        Svg.Text(up.Length > 6 ? 12 : Left, Top - 14, up, 12.5, Svg.Ink, up.Length > 6 ? "start" : "middle");
    }

    /// <summary>Fills what <paramref name="outline"/> goes around.</summary>
    public void DrawBand(IEnumerable<(double X, double Y)> outline, string colour, double opacity)
    {
        string path = Path(outline);
        if (path.Length > 0) Svg.Add($"<path d=\"{path}Z\" fill=\"{colour}\" fill-opacity=\"{opacity}\"/>\n");
    }

    /// <summary>Draws a line through those of the points that are finite.</summary>
    public void DrawLine(IEnumerable<(double X, double Y)> points, string colour, double width, double opacity = 1)
    {
        string path = Path(points);
        if (path.Length > 0) Svg.Add($"<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\" stroke-opacity=\"{opacity}\" stroke-linejoin=\"round\"/>\n");
    }

    public void DrawDots(IEnumerable<(double X, double Y)> points, string colour)
    {
        foreach ((double X, double Y) point in points.Where(point => double.IsFinite(point.Y)))
        {
            Svg.Add($"<circle cx=\"{_x.At(point.X)}\" cy=\"{_y.At(point.Y)}\" r=\"4.5\" fill=\"{colour}\" stroke=\"#ffffff\" stroke-width=\"1.5\"/>\n");
        }
    }

    /// <summary>Draws many small dots, as one path of lines without length.</summary>
    public void DrawPoints(IEnumerable<(double X, double Y)> points, string colour, double width, double opacity)
    {
        string path = string.Concat(points.Where(point => double.IsFinite(point.Y)).Select(point => string.Create(CultureInfo.InvariantCulture, $"M{_x.At(point.X):0.#} {_y.At(point.Y):0.#}h0")));
        if (path.Length > 0) Svg.Add($"<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\" stroke-opacity=\"{opacity}\" stroke-linecap=\"round\"/>\n");
    }

    private string Path(IEnumerable<(double X, double Y)> points)
    {
        StringBuilder path = new();
        foreach ((double X, double Y) point in points.Where(point => double.IsFinite(point.Y)))
        {
            path.Append(path.Length == 0 ? 'M' : 'L').AppendFormat(CultureInfo.InvariantCulture, "{0:0.#} {1:0.#}", _x.At(point.X), _y.At(point.Y));
        }

        return path.ToString();
    }
}
