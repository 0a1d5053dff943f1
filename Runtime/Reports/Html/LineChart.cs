using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Dlm.Runtime.Reports.Html;

/// <summary>A curve.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Points">Where it goes through.</param>
internal sealed record ChartSeries(string Name, IReadOnlyList<(double X, double Y)> Points)
{
    /// <summary>What lies around it, if something does.</summary>
    public IReadOnlyList<(double X, double Low, double High)> Band { get; init; } = [];

    /// <summary>Whether each point is marked, because there are few.</summary>
    public bool Dots { get; init; }

    /// <summary>The point to be marked as the best, if there is one.</summary>
    public (double X, double Y)? Best { get; init; }
}

/// <summary>How the values' axis goes.</summary>
internal enum ChartScale
{
    /// <summary>As the values lie: by their logarithms where they span a decade or more.</summary>
    Fitting,

    /// <summary>Evenly, from zero.</summary>
    FromZero,
}

/// <summary>Curves over the epochs, as a figure of a page; its colours are the page's.</summary>
/// <param name="title">What is drawn.</param>
/// <param name="series">The curves.</param>
/// <param name="epochs">Where the axis ends.</param>
/// <param name="isShare">Whether the values are shares of 1, shown in per cent.</param>
/// <param name="scale">How its axis goes.</param>
internal sealed class LineChart(string title, IReadOnlyList<ChartSeries> series, double epochs, bool isShare = false, ChartScale scale = ChartScale.Fitting)
{
    private const double Width = 640, Height = 300, Left = 62, Right = 624, Top = 14, Bottom = 256;
    private const int Colours = 5;
    private const double SeveralDecades = 8;

    /// <summary>Writes the figure.</summary>
    public string ToHtml()
    {
        double[] values = [.. series.SelectMany(s => s.Points.Select(p => p.Y).Concat(s.Band.SelectMany(b => (double[])[b.Low, b.High]))).Where(double.IsFinite)];
        bool logarithmic = scale == ChartScale.Fitting && !isShare && values.Length > 0 && values.Min() > 0 && values.Max() / values.Min() > SeveralDecades;
        (double low, double high) = Range(values, logarithmic);
        Axis x = new(0, Math.Max(epochs, 1e-3), Left, Right), y = new(low, high, Bottom, Top, logarithmic);

        StringBuilder html = new();
        html.Append(CultureInfo.InvariantCulture, $"<figure>\n<figcaption>{WebUtility.HtmlEncode(title)}{string.Concat(series.Select(Key))}</figcaption>\n");
        html.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(title)}\">\n");
        Axes(html, x, y);
        for (int i = 0; i < series.Count; i++) Draw(html, series[i], ColourOf(i), x, y);
        html.Append(CultureInfo.InvariantCulture, $"<line class=\"cursor\" y1=\"{Top}\" y2=\"{Bottom}\"/>\n</svg>\n<div class=\"tip\"></div>\n");
        html.Append(CultureInfo.InvariantCulture, $"<script type=\"application/json\">{Data(x)}</script>\n</figure>\n");
        return html.ToString();
    }

    private static string ColourOf(int index) => string.Create(CultureInfo.InvariantCulture, $"s{index % Colours + 1}");

    private static string Key(ChartSeries series, int index) => $"<span class=\"key\"><i class=\"{ColourOf(index)}\"></i>{WebUtility.HtmlEncode(series.Name)}</span>";

    private void Axes(StringBuilder html, Axis x, Axis y)
    {
        foreach ((double value, string text) in y.Ticks(5))
        {
            string label = isShare ? Text(100 * value) + " %" : text;
            html.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Right}\" y1=\"{y.At(value):0.#}\" y2=\"{y.At(value):0.#}\"/>\n");
            html.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 8}\" y=\"{y.At(value) + 4:0.#}\" text-anchor=\"end\">{label}</text>\n");
        }

        html.Append(CultureInfo.InvariantCulture, $"<line class=\"axis\" x1=\"{Left}\" x2=\"{Right}\" y1=\"{Bottom}\" y2=\"{Bottom}\"/>\n");
        foreach ((double value, string text) in x.Ticks(8))
        {
            html.Append(CultureInfo.InvariantCulture, $"<line class=\"axis\" x1=\"{x.At(value):0.#}\" x2=\"{x.At(value):0.#}\" y1=\"{Bottom}\" y2=\"{Bottom + 5}\"/>\n");
            html.Append(CultureInfo.InvariantCulture, $"<text x=\"{x.At(value):0.#}\" y=\"{Bottom + 19}\" text-anchor=\"middle\">{text}</text>\n");
        }

        html.Append(CultureInfo.InvariantCulture, $"<text x=\"{(Left + Right) / 2}\" y=\"{Bottom + 37}\" text-anchor=\"middle\">epoch</text>\n");
    }

    private static void Draw(StringBuilder html, ChartSeries series, string colour, Axis x, Axis y)
    {
        string around = Path(series.Band.Select(b => (b.X, b.High)).Concat(series.Band.Reverse().Select(b => (b.X, b.Low))), x, y), line = Path(series.Points, x, y);
        html.Append(CultureInfo.InvariantCulture, $"<g class=\"{colour}\">\n");
        if (around.Length > 0) html.Append(CultureInfo.InvariantCulture, $"<path class=\"band\" d=\"{around}Z\"/>\n");
        if (line.Length > 0) html.Append(CultureInfo.InvariantCulture, $"<path class=\"line\" d=\"{line}\"/>\n");
        foreach ((double X, double Y) point in series.Points.Where(point => (series.Dots || series.Points.Count == 1) && double.IsFinite(point.Y)))
        {
            html.Append(CultureInfo.InvariantCulture, $"<circle class=\"dot\" cx=\"{x.At(point.X):0.#}\" cy=\"{y.At(point.Y):0.#}\" r=\"4\"/>\n");
        }

        if (series.Best is { } best) html.Append(CultureInfo.InvariantCulture, $"<circle class=\"best\" cx=\"{x.At(best.X):0.#}\" cy=\"{y.At(best.Y):0.#}\" r=\"8\"><title>best</title></circle>\n");
        html.Append("</g>\n");
    }

    private string Data(Axis x) => JsonSerializer.Serialize(new
    {
        share = isShare,
        series = series.Select((s, i) => new
        {
            name = s.Name,
            color = ColourOf(i),
            points = s.Points.Where(p => double.IsFinite(p.Y)).Select(p => (double[])[Math.Round(x.At(p.X), 1), Math.Round(p.X, 4), p.Y]),
        }),
    });

    private static string Path(IEnumerable<(double X, double Y)> points, Axis x, Axis y)
    {
        StringBuilder path = new();
        foreach ((double X, double Y) point in points.Where(point => double.IsFinite(point.Y)))
        {
            path.Append(path.Length == 0 ? 'M' : 'L').Append(CultureInfo.InvariantCulture, $"{x.At(point.X):0.#} {y.At(point.Y):0.#}");
        }

        return path.ToString();
    }

    // A curve of nothing but one value lies in the middle.
    private (double Low, double High) Range(double[] values, bool logarithmic)
    {
        if (values.Length == 0) return (0, 1);
        if (scale == ChartScale.FromZero) return (0, values.Max() > 0 ? 1.06 * values.Max() : 1);
        (double low, double high) = (values.Min(), values.Max());
        if (logarithmic) return (low * 0.85, high * 1.15);
        double room = high > low ? 0.06 * (high - low) : high == 0 ? 1 : 0.1 * Math.Abs(high);
        (low, high) = (low >= 0 ? Math.Max(0, low - room) : low - room, high + room);
        return isShare ? (low, Math.Min(1, high)) : (low, high);
    }

    private static string Text(double value) => Math.Round(value, 4).ToString(CultureInfo.InvariantCulture);
}
