using Dlm.Runtime.Training;

namespace Dlm.Runtime.Reports;

/// <summary>
/// Draws how the loss fell, as an SVG: the mean over neighbouring batches, a band that holds four fifths of them, and the
/// validation loss after each epoch.
/// </summary>
public static class LossCurve
{
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
        ChartFrame frame = new(title, $"{title}: {name}", (0, Math.Max(losses.Length / perEpoch, 1e-3)), (low, high), logarithmic);
        frame.DrawAxes("epoch", name);
        frame.DrawBand(around.Select(n => (n.X, n.High)).Concat(around.Reverse().Select(n => (n.X, n.Low))), Svg.Blue, BandOpacity);
        frame.DrawLine(around.Select(n => (n.X, n.Mean)), Svg.Blue, 2.2);
        frame.DrawLine(validation, Svg.Red, 1.6, 0.9);
        frame.DrawDots(validation, Svg.Red);
        DrawLegend(frame.Svg, validation.Length > 0);
        return frame.Svg.ToString();
    }

    private static void DrawLegend(Svg svg, bool validation)
    {
        double at = ChartFrame.Right - (validation ? 300 : 198);
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

    private static (double Low, double High) Range(double[] values, bool logarithmic)
    {
        if (values.Length == 0) return (0, 1);
        (double low, double high) = (values.Min(), values.Max());
        return logarithmic ? (low * 0.85, high * 1.15) : (Math.Min(0, low), high + 0.05 * (high - low));
    }
}
