using System.Globalization;
using System.Xml.Linq;
using Dlm.Runtime.Reports;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Reports;

public sealed class ChartTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Several_curves_have_a_colour_and_a_name_each_within_the_frame()
    {
        Curve[] curves = [.. Enumerable.Range(1, 5).Select(k => new Curve($"run <{k}>", [.. Enumerable.Range(0, 100).Select(i => ((double)i, k * Math.Exp(-i / 20.0)))]))];

        XElement picture = XElement.Parse(CurveChart.Draw("Five runs", "steps", "loss", curves, logarithmic: true));

        XElement[] lines = [.. picture.Elements(Svg + "path")];
        Assert.Equal(5, lines.Select(line => line.Attribute("stroke")!.Value).Distinct().Count());
        string[] texts = [.. picture.Elements(Svg + "text").Select(text => text.Value)];
        Assert.All((string[])["Five runs", "steps", "loss", "run <1>", "run <5>", "0.1"], text => Assert.Contains(text, texts));
        foreach (double[] point in lines.SelectMany(PointsOf))
        {
            Assert.InRange(point[0], 64, 796);
            Assert.InRange(point[1], 72, 404);
        }
    }

    [Fact]
    public void Higher_values_are_drawn_higher()
    {
        XElement picture = XElement.Parse(CurveChart.Draw("Two", "n", "value", [new("rising", [(0, 1), (1, 2), (2, 4)]), new("falling", [(0, 3), (2, 0)])]));

        double[][] heights = [.. picture.Elements(Svg + "path").Select(line => PointsOf(line).Select(point => point[1]).ToArray())];
        Assert.Equal(heights[0].OrderDescending(), heights[0]);
        Assert.Equal(404, heights[1][1], 0.1); // zero is the axis
        Assert.Equal(5, picture.Elements(Svg + "circle").Count());
    }

    [Fact]
    public void What_cannot_be_drawn_is_left_out_and_a_long_curve_is_thinned()
    {
        (double, double)[] points = [.. Enumerable.Range(0, 100_000).Select(i => ((double)i, i % 10 == 0 ? double.NaN : i % 10 == 1 ? 0 : 1.0 + i % 7))];

        string picture = CurveChart.Draw("Long", "steps", "loss", [new("all", points), new("none", [])], logarithmic: true);

        Assert.InRange(picture.Length, 0, 20_000);
        Assert.DoesNotContain("NaN", picture, StringComparison.Ordinal);
        Assert.Single(XElement.Parse(picture).Elements(Svg + "path"));
        Assert.Throws<ArgumentOutOfRangeException>(() => CurveChart.Draw("None", "x", "y", []));
    }

    [Fact]
    public void A_heatmap_has_its_matrices_with_their_words()
    {
        using Tensor look = eye(3, 4), held = arange(6, dtype: float32).reshape(2, 3);

        XElement picture = XElement.Parse(Heatmap.Draw("Looks", [
            new("attention", look) { Rows = ["the", "<cat>", "sat"], Columns = ["die", "Katze", "saß", "."] },
            new("memory", held) { Down = "slots", Across = "time" }], columns: 2));

        Assert.Equal(["64x48", "48x32"], picture.Elements(Svg + "image").Select(image => $"{image.Attribute("width")!.Value}x{image.Attribute("height")!.Value}"));
        string[] texts = [.. picture.Elements(Svg + "text").Select(text => text.Value)];
        Assert.All((string[])["Looks", "attention", "<cat>", "Katze", "memory", "← slots", "time →"], text => Assert.Contains(text, texts));
    }

    [Fact]
    public void A_heatmap_refuses_what_is_no_matrix_and_words_that_do_not_fit()
    {
        using Tensor cube = zeros(2, 2, 2), square = zeros(2, 2);

        Assert.Contains("[2, 2, 2]", Assert.Throws<ArgumentException>(() => Heatmap.Draw("Cube", [new("cube", cube)])).Message, StringComparison.Ordinal);
        Assert.Contains("1 and 2 words", Assert.Throws<ArgumentException>(() => Heatmap.Draw("Words", [new("words", square) { Rows = ["one"] }])).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<double[]> PointsOf(XElement path) => path.Attribute("d")!.Value[1..].TrimEnd('Z').Split('L')
        .Select(point => point.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray());
}
