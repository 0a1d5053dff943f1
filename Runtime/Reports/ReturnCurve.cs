using System.Globalization;

namespace Dlm.Runtime.Reports;

/// <summary>Draws what episodes brought, as an SVG: a dot for each, the mean of the last so many as a line, and the goal.</summary>
public static class ReturnCurve
{
    private const int Dots = 1_000, Points = 400; // as many as one can tell apart

    /// <summary>Draws the curve.</summary>
    /// <param name="title">What was learnt.</param>
    /// <param name="returns">The sum of rewards of each episode, in their order.</param>
    /// <param name="window">Over how many episodes the line is the mean.</param>
    /// <param name="goal">What the mean shall reach, if there is such a figure.</param>
    /// <param name="name">What is won.</param>
    public static string Draw(string title, IReadOnlyList<double> returns, int window = 100, double? goal = null, string name = "return")
    {
        ArgumentNullException.ThrowIfNull(returns);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(window);
        double[] shown = [.. returns, .. goal is { } wanted ? (double[])[wanted] : []];
        double low = shown.DefaultIfEmpty(0).Min(), high = shown.DefaultIfEmpty(1).Max();
        ChartFrame frame = new(title, title, (0, Math.Max(1, returns.Count)), (Math.Min(0, low), high + 0.04 * (high - low)));
        frame.DrawAxes("episode", name);
        frame.DrawPoints(returns.Select((won, i) => (i + 1.0, won)).Where((_, i) => i % (returns.Count / Dots + 1) == 0), Svg.Blue, 3.2, 0.3);
        if (goal is { } level)
        {
            double[] ends = [0, Math.Max(1, returns.Count)];
            frame.DrawLine(ends.Select(x => (x, level)), Svg.Red, 1.4, 0.8);
        }

        frame.DrawLine(Means(returns, window), Svg.Blue, 2.4);
        DrawLegend(frame.Svg, window, goal);
        return frame.Svg.ToString();
    }

    private static IEnumerable<(double X, double Y)> Means(IReadOnlyList<double> returns, int window)
    {
        double sum = 0;
        for (int i = 0; i < returns.Count; i++)
        {
            sum += returns[i] - (i >= window ? returns[i - window] : 0);
            if (i % (returns.Count / Points + 1) == 0 || i == returns.Count - 1) yield return (i + 1, sum / Math.Min(i + 1, window));
        }
    }

    private static void DrawLegend(Svg svg, int window, double? goal)
    {
        double at = ChartFrame.Right - (goal is null ? 256 : 356);
        svg.Add($"<circle cx=\"{at + 10}\" cy=\"54\" r=\"2.4\" fill=\"{Svg.Blue}\" fill-opacity=\"0.45\"/>\n").Text(at + 22, 58, "an episode");
        svg.Add($"<line x1=\"{at + 104}\" x2=\"{at + 124}\" y1=\"54\" y2=\"54\" stroke=\"{Svg.Blue}\" stroke-width=\"2.5\"/>\n").Text(at + 130, 58, $"mean of the last {window}");
        if (goal is not { } line) return;
        svg.Add($"<line x1=\"{at + 276}\" x2=\"{at + 296}\" y1=\"54\" y2=\"54\" stroke=\"{Svg.Red}\" stroke-width=\"1.5\"/>\n");
        svg.Text(at + 302, 58, string.Create(CultureInfo.InvariantCulture, $"goal {line:0.##}"));
    }
}
