using System.Text;

namespace Dlm.Cli.Drawing;

/// <summary>Writes a diagram as a Mermaid flowchart, which Markdown pages of many hosts show.</summary>
internal sealed class MermaidWriter
{
    private readonly StringBuilder chart = new("flowchart TB\n");
    private readonly Dictionary<Item, string> ids = [];

    private MermaidWriter()
    {
    }

    public static string Write(Diagram diagram)
    {
        var writer = new MermaidWriter();
        writer.WriteItems(diagram, "  ");
        writer.WriteEdges(diagram);
        foreach (var (name, pale, strong) in Palette.Colors) writer.chart.Append($"  classDef {name} fill:{pale},stroke:{strong},color:{Palette.Ink}\n");
        return writer.chart.ToString();
    }

    private void WriteItems(Diagram diagram, string indent)
    {
        foreach (var item in diagram.Items.Where(i => i is not Gate))
        {
            var id = ids[item] = $"n{ids.Count + 1}";
            switch (item)
            {
                case Card card:
                    var strips = card.Strips.Select(s => s.Key.Length > 0 && s.Key != s.Text ? $"{Text(s.Text)} <i>{Text(s.Key)}</i>" : Text(s.Text));
                    chart.Append($"{indent}{id}[\"{string.Join("<br/>", strips)}\"]:::{Palette.ClassOf(card.Strips[0].Group)}\n");
                    break;
                case Junction junction:
                    chart.Append($"{indent}{id}((\"{Text(junction.Sign)}\")):::other\n");
                    break;
                case Terminal terminal:
                    chart.Append($"{indent}{id}([\"{Text(terminal.Text)}\"])\n");
                    break;
                case Box box:
                    var key = box.Key.Length > 0 && box.Key != box.Title ? $"{box.Key}: " : "";
                    chart.Append($"{indent}subgraph {id}[\"{Text(key + box.Title)}{(box.Times > 1 ? $" ×{box.Times}" : "")}\"]\n");
                    WriteItems(box.Inside, indent + "  ");
                    chart.Append($"{indent}end\n");
                    break;
            }
        }
    }

    // A line goes from what makes a tensor to what takes it, through the sides of boxes.
    private void WriteEdges(Diagram diagram)
    {
        foreach (var edge in diagram.Edges.Where(e => e.From is not Gate && e.To is not Gate))
        {
            foreach (var (from, to) in from f in Sources(edge.From, edge.FromPort) from t in Targets(edge.To, edge.ToPort) select (f, t))
            {
                chart.Append(edge.Shape.Length > 0 ? $"  {ids[from]} -->|\"{Text(edge.Shape)}\"| {ids[to]}\n" : $"  {ids[from]} --> {ids[to]}\n");
            }
        }
        foreach (var box in diagram.Items.OfType<Box>()) WriteEdges(box.Inside);
    }

    // A box that hands its input on has no line inside: it is shown by the box itself.
    private static IEnumerable<Item> Sources(Item item, int port)
    {
        if (item is not Box box || box.Inside.Exits.ElementAtOrDefault(port) is not { } exit) return [item];
        Item[] inside = [.. box.Inside.Edges.Where(e => e.To == exit && e.From is not Gate).SelectMany(e => Sources(e.From, e.FromPort))];
        return inside.Length > 0 ? inside : [item];
    }

    private static IEnumerable<Item> Targets(Item item, int port)
    {
        if (item is not Box box || box.Inside.Entries.ElementAtOrDefault(port) is not { } entry) return [item];
        Item[] inside = [.. box.Inside.Edges.Where(e => e.From == entry && e.To is not Gate).SelectMany(e => Targets(e.To, e.ToPort))];
        return inside.Length > 0 ? inside : [item];
    }

    private static string Text(string text) => text.Replace("&", "&amp;").Replace("\"", "&quot;").Replace("<", "&lt;").Replace(">", "&gt;");
}
