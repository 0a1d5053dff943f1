using System.Globalization;
using System.Text;
using Dlm.Runtime.Training;

namespace Dlm.Runtime.Reports;

/// <summary>Draws how the loss fell, as an SVG: every batch faintly, their running mean, and the validation loss after each epoch.</summary>
public static class LossCurve
{
    private const double Width = 820, Height = 460;
    private const double Left = 64, Right = 796, Top = 72, Bottom = 404;
    private const int MostPoints = 1200;

    /// <summary>Draws the first loss of a run.</summary>
    /// <param name="title">What was trained.</param>
    /// <param name="history">What was measured.</param>
    public static string Draw(string title, TrainingHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        string name = history.LossNames[0];
        double[] losses = history.Losses(name);
        double perEpoch = Math.Max(1, history.BatchesPerEpoch);
        (double X, double Y)[] batches = [.. losses.Select((loss, i) => ((i + 1) / perEpoch, loss))];
        (double X, double Y)[] mean = [.. Smooth(losses).Select((loss, i) => ((i + 1) / perEpoch, loss))];
        (double X, double Y)[] validation = [.. from epoch in history.Epochs where epoch.Validation is not null select ((double)epoch.Epoch, epoch.Validation![name])];

        double[] shown = [.. losses.Concat(validation.Select(point => point.Y)).Where(double.IsFinite)];
        bool logarithmic = shown.Length > 0 && shown.All(loss => loss > 0);
        (double low, double high) = Range(shown, [.. mean.Concat(validation).Select(point => point.Y).Where(double.IsFinite)], logarithmic);
        Axis x = new(0, Math.Max(losses.Length / perEpoch, 1e-3), Left, Right), y = new(low, high, Bottom, Top, logarithmic);

        Svg svg = new(Width, Height, $"{title}: {name}");
        svg.Text(Left, 32, title, 17, weight: 600);
        DrawAxes(svg, x, y, name);
        DrawLine(svg, Thin(batches), x, y, Svg.Blue, 1, 0.22);
        DrawLine(svg, Thin(mean), x, y, Svg.Blue, 2.2, 1);
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
        double at = Right - (validation ? 318 : 218);
        at = Entry("each batch", Svg.Blue, 0.3, at, 104);
        at = Entry("running mean", Svg.Blue, 1, at, 122);
        if (validation) Entry("validation", Svg.Red, 1, at, 0);

        double Entry(string text, string colour, double opacity, double left, double width)
        {
            svg.Add($"<line x1=\"{left}\" x2=\"{left + 20}\" y1=\"54\" y2=\"54\" stroke=\"{colour}\" stroke-opacity=\"{opacity}\" stroke-width=\"2.5\" stroke-linecap=\"round\"/>\n");
            svg.Text(left + 26, 58, text, 12, Svg.Ink);
            return left + width;
        }
    }

    private static void DrawLine(Svg svg, IEnumerable<(double X, double Y)> points, Axis x, Axis y, string colour, double width, double opacity)
    {
        StringBuilder path = new();
        foreach ((double X, double Y) point in points.Where(point => double.IsFinite(point.Y)))
        {
            path.Append(path.Length == 0 ? 'M' : 'L').AppendFormat(CultureInfo.InvariantCulture, "{0:0.#} {1:0.#}", x.At(point.X), Math.Min(y.At(point.Y), Bottom));
        }

        if (path.Length == 0) return;
        svg.Add($"<path d=\"{path.ToString()}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\" stroke-opacity=\"{opacity}\" stroke-linejoin=\"round\"/>\n");
    }

    // An exponential mean whose first values are not drawn towards zero, over about a fortieth of the run.
    private static IEnumerable<double> Smooth(double[] losses)
    {
        double keep = 1 - 1 / Math.Max(1, losses.Length / 40.0), sum = 0, weight = 0;
        foreach (double loss in losses)
        {
            (sum, weight) = (keep * sum + loss, keep * weight + 1);
            yield return sum / weight;
        }
    }

    // Of many neighbours only the lowest and the highest are drawn: the band looks the same and the file stays small.
    private static IEnumerable<(double X, double Y)> Thin((double X, double Y)[] points)
    {
        int size = Math.Max(1, 2 * points.Length / MostPoints);
        foreach ((double X, double Y)[] some in points.Chunk(size))
        {
            (double X, double Y) low = some.MinBy(point => point.Y), high = some.MaxBy(point => point.Y);
            yield return low.X <= high.X ? low : high;
            if (low.X != high.X) yield return low.X <= high.X ? high : low;
        }
    }

    // A few lucky batches shall not stretch a logarithmic axis: its foot is where all lines that matter and most batches are above it.
    private static (double Low, double High) Range(double[] values, double[] lines, bool logarithmic)
    {
        if (values.Length == 0) return (0, 1);
        (double low, double high) = (values.Min(), values.Max());
        return logarithmic
            ? (Math.Min(lines.Min(), values.Order().ElementAt(values.Length / 50)) * 0.8, high * 1.1)
            : (Math.Min(0, low), high + 0.05 * (high - low));
    }
}
