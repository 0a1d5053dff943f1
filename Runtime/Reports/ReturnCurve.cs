using System.Globalization;
using System.Text;

namespace Dlm.Runtime.Reports;

/// <summary>Draws what episodes brought, as an SVG: a dot for each, the mean of the last so many as a line, and the goal.</summary>
public static class ReturnCurve
{
    private const double Width = 820, Height = 420;
    private const double Left = 64, Right = 796, Top = 72, Bottom = 364;
    private const int Dots = 800, Points = 400; // as many as one can tell apart

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
        Axis x = new(0, Math.Max(1, returns.Count), Left, Right), y = new(Math.Min(0, low), high + 0.04 * (high - low), Bottom, Top);

        Svg svg = new(Width, Height, title);
        svg.Text(Left, 32, title, 17, weight: 600);
        DrawAxes(svg, x, y, name);
        int every = Math.Max(1, returns.Count / Dots);
        for (int i = 0; i < returns.Count; i += every) svg.Add($"<circle cx=\"{x.At(i + 1)}\" cy=\"{y.At(returns[i])}\" r=\"1.6\" fill=\"{Svg.Blue}\" fill-opacity=\"0.3\"/>\n");
        if (goal is { } line)
        {
            svg.Add($"<line x1=\"{Left}\" x2=\"{Right}\" y1=\"{y.At(line)}\" y2=\"{y.At(line)}\" stroke=\"{Svg.Red}\" stroke-width=\"1.2\" stroke-dasharray=\"5 4\"/>\n");
        }

        svg.Add($"<path d=\"{Means(returns, window, x, y)}\" fill=\"none\" stroke=\"{Svg.Blue}\" stroke-width=\"2.4\" stroke-linejoin=\"round\"/>\n");
        DrawLegend(svg, window, goal);
        return svg.ToString();
    }

    private static string Means(IReadOnlyList<double> returns, int window, Axis x, Axis y)
    {
        StringBuilder path = new();
        double sum = 0;
        int every = Math.Max(1, returns.Count / Points);
        for (int i = 0; i < returns.Count; i++)
        {
            sum += returns[i] - (i >= window ? returns[i - window] : 0);
            bool isShown = i % every == 0 || i == returns.Count - 1;
            if (isShown) path.Append(path.Length == 0 ? 'M' : 'L').AppendFormat(CultureInfo.InvariantCulture, "{0:0.#} {1:0.#}", x.At(i + 1), y.At(sum / Math.Min(i + 1, window)));
        }

        return path.ToString();
    }

    private static void DrawAxes(Svg svg, Axis x, Axis y, string name)
    {
        foreach ((double value, string text) in y.Ticks(6))
        {
            svg.Add($"<line x1=\"{Left}\" x2=\"{Right}\" y1=\"{y.At(value)}\" y2=\"{y.At(value)}\" stroke=\"{Svg.Line}\"/>\n");
            svg.Text(Left - 9, y.At(value) + 4, text, 12, Svg.Muted, "end");
        }

        svg.Add($"<line x1=\"{Left}\" x2=\"{Right}\" y1=\"{Bottom}\" y2=\"{Bottom}\" stroke=\"{Svg.Muted}\"/>\n");
        foreach ((double value, string text) in x.Ticks(8)) svg.Text(x.At(value), Bottom + 20, text, 12, Svg.Muted, "middle");
        svg.Text((Left + Right) / 2, Bottom + 42, "episode", 12.5, Svg.Ink, "middle");
        svg.Text(Left, Top - 14, name, 12.5, Svg.Ink, "middle");
    }

    private static void DrawLegend(Svg svg, int window, double? goal)
    {
        double at = Right - (goal is null ? 256 : 340);
        svg.Add($"<circle cx=\"{at + 10}\" cy=\"54\" r=\"2.4\" fill=\"{Svg.Blue}\" fill-opacity=\"0.45\"/>\n").Text(at + 22, 58, "an episode");
        svg.Add($"<line x1=\"{at + 104}\" x2=\"{at + 124}\" y1=\"54\" y2=\"54\" stroke=\"{Svg.Blue}\" stroke-width=\"2.5\"/>\n").Text(at + 130, 58, $"mean of the last {window}");
        if (goal is not { } line) return;
        svg.Add($"<line x1=\"{at + 262}\" x2=\"{at + 282}\" y1=\"54\" y2=\"54\" stroke=\"{Svg.Red}\" stroke-width=\"1.5\" stroke-dasharray=\"5 4\"/>\n");
        svg.Text(at + 288, 58, string.Create(CultureInfo.InvariantCulture, $"goal {line:0.##}"));
    }
}
