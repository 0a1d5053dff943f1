namespace Dlm.Runtime.Reports;

/// <summary>A curve of a <see cref="CurveChart"/>.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Points">Where it goes through, from left to right; points that are not finite are left out.</param>
public sealed record Curve(string Name, IReadOnlyList<(double X, double Y)> Points);

/// <summary>Draws several curves into one frame, such as the losses of several runs, as an SVG.</summary>
public static class CurveChart
{
    private const int MostPoints = 400, MostDots = 24;

    // Told apart in grey and by those who see no red, as Okabe and Ito propose; first those of the other pictures.
    private static readonly string[] Colours = [Svg.Blue, Svg.Red, "#009e73", "#e69f00", "#7c3aed", "#56b4e9", Svg.Ink, "#cc79a7"];

    /// <summary>Draws the curves.</summary>
    /// <param name="title">What is shown.</param>
    /// <param name="across">What the axis from left to right counts: "steps".</param>
    /// <param name="up">What the other one shows: "loss".</param>
    /// <param name="curves">One to eight; of a long one, means of neighbouring points are drawn.</param>
    /// <param name="logarithmic">Whether values go by their logarithms; those that are not above zero are left out then.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are more curves than colours, or none.</exception>
    public static string Draw(string title, string across, string up, IReadOnlyList<Curve> curves, bool logarithmic = false)
    {
        ArgumentNullException.ThrowIfNull(curves);
        ArgumentOutOfRangeException.ThrowIfZero(curves.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(curves.Count, Colours.Length);
        (double X, double Y)[][] lines = [.. curves.Select(curve => Thinned([.. curve.Points.Where(point => double.IsFinite(point.Y) && (point.Y > 0 || !logarithmic))]))];
        (double X, double Y)[] all = [.. lines.SelectMany(line => line)];
        ChartFrame frame = new(title, title, Range(all.Select(point => point.X)), Heights([.. all.Select(point => point.Y)], logarithmic), logarithmic);
        frame.DrawAxes(across, up);
        for (int i = 0; i < lines.Length; i++)
        {
            frame.DrawLine(lines[i], Colours[i], 2.2, 0.9);
            if (lines[i].Length <= MostDots) frame.DrawDots(lines[i], Colours[i]);
        }

        DrawLegend(frame.Svg, curves);
        return frame.Svg.ToString();
    }

    // The right end is flush with the frame; letters are some seven units wide.
    private static void DrawLegend(Svg svg, IReadOnlyList<Curve> curves)
    {
        double at = ChartFrame.Right - curves.Sum(Width);
        for (int i = 0; i < curves.Count; i++)
        {
            svg.Add($"<line x1=\"{at}\" x2=\"{at + 18}\" y1=\"54\" y2=\"54\" stroke=\"{Colours[i]}\" stroke-width=\"2.5\" stroke-linecap=\"round\"/>\n");
            svg.Text(at + 24, 58, curves[i].Name);
            at += Width(curves[i]);
        }

        static double Width(Curve curve) => 40 + 6.6 * curve.Name.Length;
    }

    private static (double X, double Y)[] Thinned((double X, double Y)[] points)
    {
        int together = (points.Length + MostPoints - 1) / MostPoints;
        return together <= 1 ? points : [.. points.Chunk(together).Select(some => (some.Average(point => point.X), some.Average(point => point.Y)))];
    }

    private static (double Low, double High) Range(IEnumerable<double> values) => (values.DefaultIfEmpty(0).Min(), values.DefaultIfEmpty(1).Max());

    private static (double Low, double High) Heights(double[] values, bool logarithmic)
    {
        (double low, double high) = values.Length == 0 ? (logarithmic ? 0.1 : 0, 1) : Range(values);
        return logarithmic ? (low * 0.85, high * 1.15) : (Math.Min(0, low), high + 0.05 * (high - Math.Min(0, low)));
    }
}
