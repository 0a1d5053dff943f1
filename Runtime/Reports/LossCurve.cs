using System.Globalization;
using System.Text;
using Dlm.Runtime.Training;

namespace Dlm.Runtime.Reports;

/// <summary>
/// Draws how the loss fell, as an SVG: the mean over neighbouring batches, a band that holds four fifths of them, and the
/// validation loss after each epoch.
/// </summary>
public static class LossCurve
{
    private const double Width = 820, Height = 460;
    private const double Left = 64, Right = 796, Top = 72, Bottom = 404;
    private const double BandOpacity = 0.16;

    /// <summary>Draws the first loss of a run.</summary>
    /// <param name="title">What was trained.</param>
    /// <param name="history">What was measured.</param>
    public static string Draw(string title, TrainingHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        string name = history.LossNames[0];
        double[] losses = history.Losses(name);
        double perEpoch = Math.Max(1, history.BatchesPerEpoch);
        (double X, double Low, double Mean, double High)[] around = [.. LossBand.Along(losses).Select(n => ((n.Batch + 1) / perEpoch, n.Low, n.Mean, n.High))];
        (double X, double Y)[] validation = [.. from epoch in history.Epochs where epoch.Validation is not null select ((double)epoch.Epoch, epoch.Validation![name])];

        double[] shown = [.. around.SelectMany(n => (double[])[n.Low, n.Mean, n.High]).Concat(validation.Select(point => point.Y)).Where(double.IsFinite)];
        bool logarithmic = shown.Length > 0 && shown.All(loss => loss > 0);
        (double low, double high) = Range(shown, logarithmic);
        Axis x = new(0, Math.Max(losses.Length / perEpoch, 1e-3), Left, Right), y = new(low, high, Bottom, Top, logarithmic);

        Svg svg = new(Width, Height, $"{title}: {name}");
        svg.Text(Left, 32, title, 17, weight: 600);
        DrawAxes(svg, x, y, name);
        DrawBand(svg, around.Select(n => (n.X, n.High)).Concat(around.Reverse().Select(n => (n.X, n.Low))), x, y);
        DrawLine(svg, around.Select(n => (n.X, n.Mean)), x, y, Svg.Blue, 2.2, 1);
        DrawLine(svg, validation, x, y, Svg.Red, 1.6, 0.9);
        foreach ((double X, double Y) point in validation.Where(point => double.IsFinite(point.Y)))
        {
            svg.Add($"<circle cx=\"{x.At(point.X)}\" cy=\"{y.At(point.Y)}\" r=\"4.5\" fill=\"{Svg.Red}\" stroke=\"#ffffff\" stroke-width=\"1.5\"/>\n");
        }

        DrawLegend(svg, validation.Length > 0);
        return svg.ToString();
    }

    private static void DrawAxes(Svg svg, Axis x, Axis y, string name)
    {
        foreach ((double value, string text) in y.Ticks(6))
        {
            svg.Add($"<line x1=\"{Left}\" x2=\"{Right}\" y1=\"{y.At(value)}\" y2=\"{y.At(value)}\" stroke=\"{Svg.Line}\"/>\n");
            svg.Text(Left - 9, y.At(value) + 4, text, 12, Svg.Muted, "end");
        }

        svg.Add($"<line x1=\"{Left}\" x2=\"{Right}\" y1=\"{Bottom}\" y2=\"{Bottom}\" stroke=\"{Svg.Muted}\"/>\n");
        foreach ((double value, string text) in x.Ticks(8))
        {
            svg.Add($"<line x1=\"{x.At(value)}\" x2=\"{x.At(value)}\" y1=\"{Bottom}\" y2=\"{Bottom + 5}\" stroke=\"{Svg.Muted}\"/>\n");
            svg.Text(x.At(value), Bottom + 20, text, 12, Svg.Muted, "middle");
        }

        svg.Text((Left + Right) / 2, Bottom + 42, "epoch", 12.5, Svg.Ink, "middle");
        svg.Text(Left, Top - 14, name, 12.5, Svg.Ink, "middle");
    }

    private static void DrawLegend(Svg svg, bool validation)
    {
        double at = Right - (validation ? 300 : 198);
        svg.Add($"<rect x=\"{at}\" y=\"48\" width=\"20\" height=\"12\" fill=\"{Svg.Blue}\" fill-opacity=\"{BandOpacity}\"/>\n");
        svg.Text(at + 26, 58, "80 % of batches");
        at = Entry("mean", Svg.Blue, at + 134);
        if (validation) Entry("validation", Svg.Red, at);

        double Entry(string text, string colour, double left)
        {
            svg.Add($"<line x1=\"{left}\" x2=\"{left + 20}\" y1=\"54\" y2=\"54\" stroke=\"{colour}\" stroke-width=\"2.5\" stroke-linecap=\"round\"/>\n");
            svg.Text(left + 26, 58, text);
            return left + 76;
        }
    }

    private static void DrawBand(Svg svg, IEnumerable<(double X, double Y)> outline, Axis x, Axis y)
    {
        string path = Path(outline, x, y);
        if (path.Length > 0) svg.Add($"<path d=\"{path}Z\" fill=\"{Svg.Blue}\" fill-opacity=\"{BandOpacity}\"/>\n");
    }

    private static void DrawLine(Svg svg, IEnumerable<(double X, double Y)> points, Axis x, Axis y, string colour, double width, double opacity)
    {
        string path = Path(points, x, y);
        if (path.Length > 0) svg.Add($"<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\" stroke-opacity=\"{opacity}\" stroke-linejoin=\"round\"/>\n");
    }

    private static string Path(IEnumerable<(double X, double Y)> points, Axis x, Axis y)
    {
        StringBuilder path = new();
        foreach ((double X, double Y) point in points.Where(point => double.IsFinite(point.Y)))
        {
            path.Append(path.Length == 0 ? 'M' : 'L').AppendFormat(CultureInfo.InvariantCulture, "{0:0.#} {1:0.#}", x.At(point.X), y.At(point.Y));
        }

        return path.ToString();
    }

    private static (double Low, double High) Range(double[] values, bool logarithmic)
    {
        if (values.Length == 0) return (0, 1);
        (double low, double high) = (values.Min(), values.Max());
        return logarithmic ? (low * 0.85, high * 1.15) : (Math.Min(0, low), high + 0.05 * (high - low));
    }
}
