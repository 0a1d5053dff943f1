using System.Xml.Linq;
using Dlm.Cli.Drawing;
using Dlm.Cli.Tests.Harness;
using Dlm.Dsl;
using Dlm.Dsl.Analysis;

namespace Dlm.Cli.Tests;

public sealed class DrawTests
{
    public static TheoryData<string> Models => [.. All.Value.Keys];

    [Theory, MemberData(nameof(Models))]
    public void NothingLiesOnAnythingElse(string model)
    {
        var diagram = LaidOut(model);
        Assert.All(Diagrams(diagram), inner =>
        {
            for (var i = 0; i < inner.Items.Count; i++)
            {
                for (var j = i + 1; j < inner.Items.Count; j++) Assert.False(Overlap(inner.Items[i], inner.Items[j]), $"{Name(inner.Items[i])} and {Name(inner.Items[j])}");
            }
        });
    }

    [Theory, MemberData(nameof(Models))]
    public void WhatIsInABoxIsInside(string model) => Assert.All(Diagrams(LaidOut(model)), diagram =>
    {
        Assert.All(diagram.Items, item => Assert.True(item.X >= -0.5 && item.Y >= -0.5 && item.Right <= diagram.Width + 0.5 && item.Bottom <= diagram.Height + 0.5, Name(item)));
        Assert.All(diagram.Items.OfType<Box>(), box => Assert.True(box.Inside.Width <= box.Width && box.Inside.Height <= box.Height, box.Title));
    });

    [Theory, MemberData(nameof(Models))]
    public void LinesRunAlongTheGridAndPastItems(string model) => Assert.All(Diagrams(LaidOut(model)), diagram => Assert.All(diagram.Edges, edge =>
    {
        Assert.InRange(edge.Points.Count, 2, 6);
        for (var i = 1; i < edge.Points.Count; i++)
        {
            var (a, b) = (edge.Points[i - 1], edge.Points[i]);
            Assert.True(Math.Abs(a.X - b.X) < 0.6 || Math.Abs(a.Y - b.Y) < 0.6, $"{Name(edge.From)} to {Name(edge.To)} is slanted");
            Assert.All(diagram.Items.Where(item => item != edge.From && item != edge.To), item =>
                Assert.False(Math.Max(a.X, b.X) > item.X + 1 && Math.Min(a.X, b.X) < item.Right - 1 && Math.Max(a.Y, b.Y) > item.Y + 1 && Math.Min(a.Y, b.Y) < item.Bottom - 1,
                    $"{Name(edge.From)} to {Name(edge.To)} runs through {Name(item)}"));
        }
    }));

    [Theory, MemberData(nameof(Models))]
    public void LinesOfDifferentTensorsDoNotRunInOne(string model) => Assert.All(Diagrams(LaidOut(model)), diagram =>
    {
        foreach (var (one, other) in from one in diagram.Edges from other in diagram.Edges where (one.From, one.FromPort) != (other.From, other.FromPort) && one.To != other.To select (one, other))
        {
            foreach (var (a, b) in from a in Segments(one) from b in Segments(other) select (a, b))
            {
                var isOne = Math.Abs(a.X - b.X) < 1 && Math.Min(a.Bottom, b.Bottom) - Math.Max(a.Top, b.Top) > 2;
                Assert.False(isOne, $"{Name(one.From)} to {Name(one.To)} and {Name(other.From)} to {Name(other.To)} run in one");
            }
        }
    });

    [Theory, MemberData(nameof(Models))]
    public void EveryStageIsDrawnOnce(string model)
    {
        var diagram = LaidOut(model);
        var expected = Leaves(StageTree.Folded(StageTree.Of(All.Value[model], Sizes(model)))).Count();
        var drawn = Diagrams(diagram).SelectMany(d => d.Items).Sum(item => item switch { Card card => card.Strips.Count, Junction => 1, _ => 0 });
        Assert.Equal(expected, drawn);
    }

    [Theory, MemberData(nameof(Models))]
    public void IsWellFormedAndTheSameEachTime(string model)
    {
        var svg = SvgWriter.Write(LaidOut(model), model, "a < b & c");
        Assert.Equal("svg", XDocument.Parse(svg).Root!.Name.LocalName);
        Assert.Equal(svg, SvgWriter.Write(LaidOut(model), model, "a < b & c"));
    }

    [Fact]
    public void ARepeatIsDrawnOnceWithItsCount()
    {
        var boxes = Diagrams(LaidOut("ResNet50")).SelectMany(d => d.Items).OfType<Box>().Where(b => b.Times > 1).Select(b => (b.Title, b.Key, b.Times));
        Assert.Equal([("Bottleneck(planes: 64)", "1..2", 2), ("Bottleneck(planes: 128)", "1..3", 3), ("Bottleneck(planes: 256)", "1..5", 5), ("Bottleneck(planes: 512)", "1..2", 2)], boxes);
    }

    [Fact]
    public void AShortcutPassesByOnItsOwnTrack()
    {
        var block = Diagrams(LaidOut("ResNet18")).SelectMany(d => d.Items).OfType<Box>().First(b => b.Title == "BasicBlock(planes: 64)").Inside;
        var shortcut = Assert.Single(block.Edges, e => e.Track is not null);
        Assert.IsType<Gate>(shortcut.From);
        Assert.IsType<Junction>(shortcut.To);
        // Into the side of the sum.
        Assert.Equal(shortcut.To.Right, shortcut.Points[^1].X);
    }

    [Fact]
    public void TallNetsStandInColumns()
    {
        var diagram = LaidOut("ResNet50");
        Assert.InRange(diagram.Width / diagram.Height, 0.8, 2.2);
    }

    [Fact]
    public void Mermaid()
    {
        using var place = new Workplace(("p.dlm", Pictures.Text));
        Snapshot.Match([("loop", place.Run("draw", "Loop", "--mermaid").Out), ("resnet", Workplace.RunInZoo("draw", "ResNet18", "--mermaid").Out)]);
    }

    [Fact]
    public void Svg() => Snapshot.Match(Workplace.RunInZoo("draw", "LeNet5").Out, "svg");

    [Fact]
    public void ThePageIsSelfContained()
    {
        using var place = new Workplace(("p.dlm", Pictures.Text));
        Assert.Equal("wrote page.html\n", place.Run("draw", "Branches", "--html", "-o", "page.html").Error);
        var page = place.Read("page.html");
        Assert.DoesNotContain("http", page);
        Assert.DoesNotContain("src=", page);
        // The block, and the seven inside of it.
        Assert.Equal(8, page.Split("<details").Length - 1);
        Assert.Equal(page.Split("<details").Length, page.Split("</details>").Length);
        Assert.Equal(page.Split("<div").Length, page.Split("</div>").Length);
    }

    [Fact]
    public void APictureThatWouldBeTooTallHasItsInnermostBoxesClosed()
    {
        var stages = string.Join("\n", Enumerable.Range(0, 60).Select(i => $"    g{i}: {{ linear(4) -> linear({i + 5}) -> linear(4) }}"));
        using var place = new Workplace(("tall.dlm", $"model Tall : [B, 4] -> [B, 4] {{\n  all: {{\n{stages}\n  }}\n}}\n"));
        double Height(params string[] options) => double.Parse(XDocument.Parse(place.Run(["draw", "Tall", .. options]).Out).Root!.Attribute("height")!.Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(Height(), 500, 6200);
        Assert.True(Height("--depth", "9") > 6200);
    }

    [Fact]
    public void DepthClosesBoxes()
    {
        var run = Workplace.RunInZoo("draw", "ResNet18", "--depth", "0", "--mermaid");
        Assert.DoesNotContain("subgraph", run.Out);
        Assert.Contains("layer1", run.Out);
    }

    private static readonly Lazy<Dictionary<string, Dsl.Elaboration.ElaboratedModel>> All = new(() =>
    {
        string[] zoo = [.. new[] { "LeNet5", "AlexNet", "ResNet" }.Select(name => File.ReadAllText(Path.Combine(Workplace.Zoo, "Vision", name + ".dlm")))];
        return zoo.Append(Pictures.Text).SelectMany(text => DlmCompiler.Elaborate(DlmCompiler.Parse("a.dlm", text)).Models).ToDictionary(m => m.Name);
    });

    private static SizeTable Sizes(string model) => SizeTable.For(All.Value[model], 1, new Dictionary<string, long>());

    private static Diagram LaidOut(string model)
    {
        var elaborated = All.Value[model];
        var diagram = DiagramBuilder.Of(elaborated, SizeTable.For(elaborated, 1, new Dictionary<string, long>()), 100);
        DiagramLayout.Apply(diagram, mayWrap: true);
        return diagram;
    }

    private static IEnumerable<Diagram> Diagrams(Diagram diagram) => diagram.Items.OfType<Box>().SelectMany(b => Diagrams(b.Inside)).Prepend(diagram);

    private static IEnumerable<Stage> Leaves(Stage stage) => stage.Stages.Count == 0 ? [stage] : stage.Stages.SelectMany(Leaves);

    // The pieces that run down, with room for a round corner.
    private static IEnumerable<(double X, double Top, double Bottom)> Segments(Edge edge) =>
        from i in Enumerable.Range(1, edge.Points.Count - 1)
        where Math.Abs(edge.Points[i].X - edge.Points[i - 1].X) < 0.6
        select (edge.Points[i].X, Math.Min(edge.Points[i].Y, edge.Points[i - 1].Y), Math.Max(edge.Points[i].Y, edge.Points[i - 1].Y));

    private static bool Overlap(Item a, Item b) => a.X < b.Right - 0.5 && b.X < a.Right - 0.5 && a.Y < b.Bottom - 0.5 && b.Y < a.Bottom - 0.5;

    private static string Name(Item item) => item switch
    {
        Card card => card.Strips[0].Text,
        Box box => box.Title,
        Junction junction => junction.Sign,
        Terminal terminal => terminal.Text,
        _ => "gate",
    };
}
