using System.Xml.Linq;
using Dlm.Runtime.Reports;
using Dlm.Runtime.Training;

namespace Dlm.Runtime.Tests.Reports;

public sealed class PictureTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void The_loss_curve_shows_band_mean_and_validation_within_its_frame()
    {
        TrainingHistory history = History(200, index => 2 * Math.Exp(-index / 40.0) + 0.01 * (index % 7) + 1e-3, 0.3, 0.1);

        XElement picture = XElement.Parse(LossCurve.Draw("A <net>", history));

        Assert.Equal(3, picture.Elements(Svg + "path").Count());
        Assert.Equal(2, picture.Elements(Svg + "circle").Count());
        string[] texts = [.. picture.Elements(Svg + "text").Select(text => text.Value)];
        Assert.All((string[])["A <net>", "loss", "epoch", "80 % of batches", "mean", "validation", "0", "1", "2", "0.1"], text => Assert.Contains(text, texts));
        foreach (string[] point in picture.Elements(Svg + "path").SelectMany(path => path.Attribute("d")!.Value[1..].TrimEnd('Z').Split('L').Select(point => point.Split(' '))))
        {
            Assert.InRange(double.Parse(point[0], System.Globalization.CultureInfo.InvariantCulture), 64, 796);
            Assert.InRange(double.Parse(point[1], System.Globalization.CultureInfo.InvariantCulture), 72, 404);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void A_short_run_has_a_curve_too(int batches) => XElement.Parse(LossCurve.Draw("short", History(batches, _ => 0.5)));

    [Fact]
    public void Losses_that_are_negative_or_missing_can_be_drawn()
    {
        string picture = LossCurve.Draw("strange", History(50, index => index == 20 ? double.NaN : -index));

        Assert.DoesNotContain("NaN", picture, StringComparison.Ordinal);
        XElement.Parse(picture);
    }

    [Fact]
    public void A_long_run_makes_no_larger_picture() => Assert.InRange(LossCurve.Draw("long", History(200_000, index => 1 + index % 13)).Length, 0, 80_000);

    [Fact]
    public void The_return_curve_shows_episodes_their_mean_and_the_goal()
    {
        double[] returns = [.. Enumerable.Range(1, 250).Select(i => (double)i)];
        XElement picture = XElement.Parse(ReturnCurve.Draw("A <pole>", returns, window: 10, goal: 195, name: "steps"));
        string[] paths = [.. picture.Elements(Svg + "path").Select(path => path.Attribute("d")!.Value)];
        Assert.Equal(3, paths.Length);
        Assert.Equal(250, paths[0].Split('M').Length - 1);
        string[] texts = [.. picture.Elements(Svg + "text").Select(text => text.Value)];
        Assert.All((string[])["A <pole>", "steps", "episode", "mean of the last 10", "goal 195", "100", "200"], text => Assert.Contains(text, texts));

        // The mean of the last ten lags behind the last episode by four and a half: 0 is at 404, 250 + 4 % of 249 at 72.
        string[] last = paths[2].Split('L')[^1].Split(' ');
        Assert.Equal(796, double.Parse(last[0], System.Globalization.CultureInfo.InvariantCulture), 0.1);
        Assert.Equal(404 - 245.5 / (250 + 0.04 * 249) * 332, double.Parse(last[1], System.Globalization.CultureInfo.InvariantCulture), 0.1);
        Assert.InRange(ReturnCurve.Draw("long", [.. Enumerable.Range(0, 100_000).Select(i => i % 7.0)]).Length, 0, 40_000);
        XElement.Parse(ReturnCurve.Draw("none", []));
    }

    [Fact]
    public void Glimpses_are_framed_where_they_looked()
    {
        GlimpseGridCell[] cells = [new(new byte[64], 8, 8, [(4, 4), (1.5, 6)], "read as 3", false), new(new byte[64], 8, 8, [(0, 0)], "read as 5", true)];
        XElement picture = XElement.Parse(GlimpseGrid.Draw("Two glimpses", "from the circle to the dot", cells, size: 2));
        XElement[] drawn = [.. picture.Elements(Svg + "svg")];
        Assert.Equal(["4,4 1.5,6", "0,0"], drawn.Select(cell => cell.Element(Svg + "polyline")!.Attribute("points")!.Value));
        XElement frame = drawn[0].Elements(Svg + "rect").Last();
        Assert.Equal(("0.5", "5", "2"), (frame.Attribute("x")!.Value, frame.Attribute("y")!.Value, frame.Attribute("width")!.Value));
        Assert.Equal("#dc2626", picture.Elements(Svg + "text").Single(text => text.Value == "read as 5").Attribute("fill")!.Value);
    }

    [Fact]
    public void The_grid_holds_every_picture_with_its_words()
    {
        ImageGridCell[] cells = [.. Enumerable.Range(0, 11).Select(i => new ImageGridCell(new byte[6], 3, 2, $"{i}", "x", "97 % sure"))];

        XElement picture = XElement.Parse(ImageGrid.Draw("11 of 99 misread", "true → read", cells));

        Assert.Equal(11, picture.Elements(Svg + "image").Count());
        Assert.All(picture.Elements(Svg + "image"), image => Assert.StartsWith("data:image/png;base64,iVBOR", image.Attribute("href")!.Value, StringComparison.Ordinal));
        Assert.Equal(11, picture.Elements(Svg + "text").Count(text => text.Value == "97 % sure"));
    }

    private static TrainingHistory History(int batches, Func<int, double> loss, params double[] validation)
    {
        TrainingHistory history = new(["loss"]) { BatchesPerEpoch = Math.Max(1, batches / Math.Max(1, validation.Length)) };
        for (int i = 0; i < batches; i++) history.Record.Add(loss(i));
        for (int i = 0; i < validation.Length; i++)
        {
            Scores scores = new([new Score("loss", validation[i], false)]);
            history.Add(new EpochSummary(i + 1, 0, scores, scores, 0, 0, TimeSpan.Zero));
        }

        return history;
    }
}
