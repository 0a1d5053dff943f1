using System.Xml.Linq;
using Dlm.Runtime.Reports;

namespace Dlm.Runtime.Tests.Reports;

public sealed class WeightedTextTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Heavy_words_are_shaded_and_light_ones_are_not()
    {
        XElement picture = Draw(new WeightedSentence(0.8, [("a", 0.0), ("dull", 0.6), ("film", 0.3)]), new WeightedSentence(0.2, [("<b>", 0.1)]));

        Assert.Equal(["a", "dull", "film", "<b>"], Words(picture).Select(word => word.Value));
        double[] strengths = [.. picture.Elements(Svg + "rect").Where(one => one.Attribute("fill-opacity") is not null && Number(one, "width") != 8).Select(one => Number(one, "fill-opacity"))];
        Assert.Equal([0.75, 0.38, 0.13], strengths, (a, b) => Math.Abs(a - b) < 0.01);
        double[] marks = [.. picture.Elements(Svg + "rect").Where(one => Number(one, "width") == 8).Select(one => Number(one, "fill-opacity"))];
        Assert.Equal([1, 0.25], marks);
    }

    [Fact]
    public void A_long_sentence_goes_on_in_another_line()
    {
        XElement[] words = [.. Words(Draw(new WeightedSentence(1, [.. Enumerable.Repeat(("sentence", 1.0), 40)])))];
        double width = Number(Draw(new WeightedSentence(1, [("word", 1)])), "width");

        Assert.True(words.Select(word => Number(word, "y")).Distinct().Count() > 3);
        Assert.All(words, word => Assert.InRange(Number(word, "x") + Number(word, "textLength"), 0, width));
        Assert.Equal(words.Length, words.Select(word => (Number(word, "x"), Number(word, "y"))).Distinct().Count());
    }

    private static XElement Draw(params WeightedSentence[] sentences) => XDocument.Parse(WeightedText.Draw("Title", "subtitle", [new WeightedParagraph("heading", sentences)])).Root!;

    private static IEnumerable<XElement> Words(XElement picture) => picture.Elements(Svg + "text").Where(text => text.Attribute("textLength") is not null);

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)?.Value ?? "0", System.Globalization.CultureInfo.InvariantCulture);
}
