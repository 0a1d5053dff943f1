using System.Globalization;
using System.Net;
using System.Text;

namespace Dlm.Cli.Drawing;

/// <summary>Writes a diagram that has been laid out as a picture that needs no fonts, scripts or style sheets of others.</summary>
internal sealed class SvgWriter
{
    private const double Margin = 28;
    private const double Head = 58;
    private const double Corner = 8;
    private const string Fonts = "Inter, 'Segoe UI', 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif";

    private readonly StringBuilder svg = new();

    private SvgWriter()
    {
    }

    /// <summary>A diagram under a title.</summary>
    public static string Write(Diagram diagram, string title, string subtitle)
    {
        var writer = new SvgWriter();
        var width = Math.Max(diagram.Width, Math.Max(TextWidth.Of(title, 20) * 1.05, TextWidth.Of(subtitle, DiagramLayout.FontSize))) + 2 * Margin;
        var left = (width - diagram.Width) / 2;
        writer.WriteHead(width, diagram.Height + Head + 2 * Margin, title, subtitle);
        writer.WriteDiagram(diagram, left, Margin + Head, 0);
        return writer.svg.Append("</svg>\n").ToString();
    }

    private void WriteHead(double width, double height, string title, string subtitle)
    {
        Line($"""<svg xmlns="http://www.w3.org/2000/svg" width="{N(width)}" height="{N(height)}" viewBox="0 0 {N(width)} {N(height)}" font-family="{WebUtility.HtmlEncode(Fonts)}" font-size="{N(DiagramLayout.FontSize)}" fill="{Palette.Ink}">""");
        Line($"<title>{Text(title)}</title>");
        Line("<style>");
        foreach (var (name, pale, strong) in Palette.Colors) Line($".{name} {{ fill: {pale} }} .{name}-edge {{ fill: {strong} }}");
        Line($".line {{ fill: none; stroke: {Palette.Line}; stroke-width: 1.6 }} .frame {{ stroke: {Palette.Border}; stroke-width: 1 }}");
        Line($".faint {{ fill: {Palette.Faint}; font-size: {N(DiagramLayout.KeySize)}px }} .dims {{ fill: {Palette.Faint}; font-size: {N(DiagramLayout.KeySize)}px }}");
        Line("</style>");
        Line($"""<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0,0.8 L8,4 L0,7.2 z" fill="{Palette.Line}"/></marker></defs>""");
        Line($"""<rect width="100%" height="100%" fill="#ffffff"/>""");
        Line($"""<text x="{N(Margin)}" y="{N(Margin + 14)}" font-size="20" font-weight="700">{Text(title)}</text>""");
        Line($"""<text x="{N(Margin)}" y="{N(Margin + 36)}" fill="{Palette.Faint}">{Text(subtitle)}</text>""");
    }

    private void WriteDiagram(Diagram diagram, double x, double y, int depth)
    {
        foreach (var edge in diagram.Edges) WriteEdge(edge, x, y);
        foreach (var item in diagram.Items) WriteItem(item, x, y, depth);
        WriteShapes(diagram, x, y);
    }

    private void WriteItem(Item item, double x, double y, int depth)
    {
        switch (item)
        {
            case Card card:
                WriteCard(card, x + card.X, y + card.Y);
                break;
            case Junction junction:
                Line($"""<g><title>{Text(junction.Tip)}</title><circle cx="{N(x + junction.AxisX)}" cy="{N(y + junction.Y + junction.Height / 2)}" r="{N(junction.Width / 2 - 1)}" class="other frame"/>""");
                Line($"""<text x="{N(x + junction.AxisX)}" y="{N(y + junction.Y + junction.Height / 2 + 5)}" text-anchor="middle" font-size="15" font-weight="600">{Text(junction.Sign)}</text></g>""");
                break;
            case Terminal terminal:
                Line($"""<rect x="{N(x + terminal.X)}" y="{N(y + terminal.Y)}" width="{N(terminal.Width)}" height="{N(terminal.Height)}" rx="{N(terminal.Height / 2)}" fill="{Palette.Ink}"/>""");
                Line($"""<text x="{N(x + terminal.AxisX)}" y="{N(y + terminal.Y + 18.5)}" text-anchor="middle" fill="#ffffff">{Text(terminal.Text)}</text>""");
                break;
            case Box box:
                WriteBox(box, x, y, depth);
                break;
        }
    }

    private void WriteCard(Card card, double x, double y)
    {
        Line($"""<rect x="{N(x)}" y="{N(y)}" width="{N(card.Width)}" height="{N(card.Height)}" rx="5" fill="#ffffff"/>""");
        for (var i = 0; i < card.Strips.Count; i++)
        {
            var strip = card.Strips[i];
            var (top, name) = (y + i * DiagramLayout.StripHeight, Palette.ClassOf(strip.Group));
            var fill = Rounded(x, top, card.Width, DiagramLayout.StripHeight, i == 0 ? 5 : 0, i == card.Strips.Count - 1 ? 5 : 0);
            Line($"""<g><title>{Text(strip.Tip)}</title><path d="{fill}" class="{name}"/><rect x="{N(x)}" y="{N(top + (i == 0 ? 3 : 0))}" width="4" height="{N(DiagramLayout.StripHeight - (i == 0 ? 3 : 0) - (i == card.Strips.Count - 1 ? 3 : 0))}" class="{name}-edge"/>""");
            Line($"""<text x="{N(x + 14)}" y="{N(top + 16.5)}">{Text(strip.Text)}</text>""");
            if (strip.Key.Length > 0) Line($"""<text x="{N(x + card.Width - 10)}" y="{N(top + 16)}" text-anchor="end" class="faint">{Text(strip.Key)}</text>""");
            Line("</g>");
        }
        Line($"""<rect x="{N(x)}" y="{N(y)}" width="{N(card.Width)}" height="{N(card.Height)}" rx="5" fill="none" class="frame"/>""");
    }

    private void WriteBox(Box box, double x, double y, int depth)
    {
        var (left, top) = (x + box.X, y + box.Y);
        // Those behind the first are seen at its edge.
        for (var behind = Math.Min(2, box.Times - 1); behind > 0; behind--)
        {
            Line($"""<rect x="{N(left + behind * DiagramLayout.Stack)}" y="{N(top + behind * DiagramLayout.Stack)}" width="{N(box.Width)}" height="{N(box.Height)}" rx="9" fill="{Palette.BoxFill(depth)}" class="frame"/>""");
        }
        Line($"""<g><title>{Text(box.Tip)}</title><rect x="{N(left)}" y="{N(top)}" width="{N(box.Width)}" height="{N(box.Height)}" rx="9" fill="{Palette.BoxFill(depth)}" class="frame"/>""");
        Line($"""<text x="{N(left + 12)}" y="{N(top + 18.5)}" font-weight="600">{Text(box.Title)}</text>""");
        var right = left + box.Width - 12;
        if (box.Times > 1)
        {
            var text = $"×{box.Times}";
            var wide = TextWidth.Of(text, DiagramLayout.FontSize) + 14;
            Line($"""<rect x="{N(right - wide)}" y="{N(top + 5)}" width="{N(wide)}" height="18" rx="9" fill="{Palette.Accent}"/><text x="{N(right - wide / 2)}" y="{N(top + 18)}" text-anchor="middle" fill="#ffffff" font-weight="600">{text}</text>""");
            right -= wide + 8;
        }
        if (box.Key.Length > 0 && box.Key != box.Title) Line($"""<text x="{N(right)}" y="{N(top + 18)}" text-anchor="end" class="faint">{Text(box.Key)}</text>""");
        Line("</g>");
        WriteDiagram(box.Inside, left + box.Axis - box.Inside.Axis, top + DiagramLayout.TitleHeight, depth + 1);
    }

    private void WriteEdge(Edge edge, double x, double y)
    {
        var path = new StringBuilder();
        var points = edge.Points;
        path.Append($"M{N(x + points[0].X)},{N(y + points[0].Y)}");
        for (var i = 1; i < points.Count; i++)
        {
            if (i == points.Count - 1)
            {
                path.Append($" L{N(x + points[i].X)},{N(y + points[i].Y)}");
                break;
            }
            // Round the corner, less where there is little room.
            var radius = Math.Min(Corner, Math.Min(Distance(points[i - 1], points[i]), Distance(points[i], points[i + 1])) / 2);
            var (before, after) = (Toward(points[i], points[i - 1], radius), Toward(points[i], points[i + 1], radius));
            path.Append($" L{N(x + before.X)},{N(y + before.Y)} Q{N(x + points[i].X)},{N(y + points[i].Y)} {N(x + after.X)},{N(y + after.Y)}");
        }
        var arrow = edge.To is Gate ? "" : """ marker-end="url(#arrow)" """;
        Line($"""<path d="{path}" class="line"{arrow}/>""");
    }

    // The shape of what leaves an item, once, beside the line straight down.
    private void WriteShapes(Diagram diagram, double x, double y)
    {
        foreach (var edge in diagram.Edges.Where(e => e.From is not (Gate or Terminal) && e.To is not (Gate or Terminal)).GroupBy(e => (e.From, e.FromPort)).Select(g => g.OrderBy(e => e.Points.Count).First()))
        {
            var (end, start) = (edge.Points[1], edge.Points[0]);
            if (end.Y - start.Y < 30) continue;
            Line($"""<text x="{N(x + start.X + 8)}" y="{N(y + (start.Y + end.Y) / 2 + 3.5)}" class="dims">{Text(edge.Shape)}</text>""");
        }
    }

    private static string Rounded(double x, double y, double width, double height, double top, double bottom) =>
        $"M{N(x + top)},{N(y)} H{N(x + width - top)} Q{N(x + width)},{N(y)} {N(x + width)},{N(y + top)} V{N(y + height - bottom)} Q{N(x + width)},{N(y + height)} {N(x + width - bottom)},{N(y + height)} H{N(x + bottom)} Q{N(x)},{N(y + height)} {N(x)},{N(y + height - bottom)} V{N(y + top)} Q{N(x)},{N(y)} {N(x + top)},{N(y)} Z";

    private static double Distance((double X, double Y) a, (double X, double Y) b) => Math.Abs(a.X - b.X) + Math.Abs(a.Y - b.Y);

    private static (double X, double Y) Toward((double X, double Y) from, (double X, double Y) to, double by)
    {
        var distance = Distance(from, to);
        return distance == 0 ? from : (from.X + (to.X - from.X) * by / distance, from.Y + (to.Y - from.Y) * by / distance);
    }

    private void Line(string text) => svg.Append(text).Append('\n');

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string N(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);
}
