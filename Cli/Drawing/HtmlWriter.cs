using System.Net;
using System.Text;

namespace Dlm.Cli.Drawing;

/// <summary>Writes a diagram as one page without references to others, on which every box opens and closes.</summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder page = new();

    private HtmlWriter()
    {
    }

    public static string Write(Diagram diagram, string title, string subtitle)
    {
        var writer = new HtmlWriter();
        writer.page.Append($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Text(title)}</title>
            <style>
            {Style}
            {string.Join("\n", Palette.Colors.Select(c => $".{c.Class} {{ --pale: {c.Pale}; --strong: {c.Strong} }}"))}
            </style>
            </head>
            <body>
            <header>
            <h1>{Text(title)}</h1>
            <p>{Text(subtitle)}</p>
            <button onclick="document.querySelectorAll('details').forEach(d => d.open = true)">Open all</button>
            <button onclick="document.querySelectorAll('details').forEach(d => d.open = false)">Close all</button>
            </header>
            <main>

            """.ReplaceLineEndings("\n"));
        writer.WriteDiagram(diagram, 0);
        return writer.page.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private const string Style = """
        :root { color-scheme: light; --line: #94a3b8; --frame: #cbd5e1; --ink: #1f2937; --faint: #6b7280 }
        body { margin: 28px; background: #fff; color: var(--ink); font: 13px/1.2 Inter, 'Segoe UI', 'Helvetica Neue', Helvetica, Arial, sans-serif }
        header p { margin: 4px 0 12px; color: var(--faint) }
        h1 { margin: 0; font-size: 21px }
        button { font: inherit; padding: 4px 12px; border: 1px solid var(--frame); border-radius: 6px; background: #f8fafc; cursor: pointer }
        main { margin-top: 20px; width: max-content }
        .grid { display: grid; justify-items: stretch; width: max-content; margin: 0 auto }
        .cell { display: flex; flex-direction: column; align-items: center; padding: 0 12px; position: relative }
        .cell > .v { flex: 1 0 0; width: 2px; background: var(--line); position: relative }
        .cell > .head::after { content: ''; position: absolute; left: calc(50% - 4px); bottom: 0; border: 4px solid transparent; border-bottom-width: 0; border-top: 6px solid var(--line) }
        .cell > .gap { flex: 1 0 0 }
        .tile { position: relative; min-height: 11px; min-width: 24px }
        .tile i { position: absolute; border: 0 solid var(--line) }
        .tile .t { left: calc(50% - 1px); top: 0; height: 50%; border-left-width: 2px }
        .tile .b { left: calc(50% - 1px); top: 50%; bottom: 0; border-left-width: 2px }
        .tile .l { top: calc(50% - 1px); left: 0; right: 50%; border-top-width: 2px }
        .tile .r { top: calc(50% - 1px); left: 50%; right: 0; border-top-width: 2px }
        .tile span { position: absolute; left: calc(50% + 8px); top: -1px; color: var(--faint); font-size: 11px; white-space: nowrap }
        .card { border: 1px solid var(--frame); border-radius: 6px; overflow: hidden; min-width: 130px }
        .strip { display: flex; gap: 18px; justify-content: space-between; padding: 4px 10px; background: var(--pale); border-left: 4px solid var(--strong); white-space: nowrap }
        .strip em, summary em { font-style: normal; font-size: 11px; color: var(--faint) }
        .sum { width: 22px; height: 22px; border: 1px solid var(--frame); border-radius: 50%; background: var(--pale); display: flex; align-items: center; justify-content: center; font-weight: 600; font-size: 15px }
        .end { background: var(--ink); color: #fff; border-radius: 14px; padding: 6px 16px; white-space: nowrap }
        details { border: 1px solid var(--frame); border-radius: 9px; background: #f8fafc }
        details details { background: #fff }
        details details details { background: #f8fafc }
        details.many { box-shadow: 3px 3px 0 #fff, 4px 4px 0 var(--frame), 7px 7px 0 #fff, 8px 8px 0 var(--frame) }
        summary { display: flex; gap: 14px; align-items: center; padding: 6px 12px; cursor: pointer; font-weight: 600; white-space: nowrap }
        summary::before { content: '▸'; color: var(--faint) }
        details[open] > summary::before { content: '▾' }
        summary em { margin-left: auto; font-weight: 400 }
        summary b { background: #2563eb; color: #fff; border-radius: 9px; padding: 1px 8px }
        details > .grid { padding: 0 8px }
        """;

    private void WriteDiagram(Diagram diagram, int depth)
    {
        var tiles = new Tiles(diagram);
        page.Append($"<div class=\"grid\" style=\"grid-template-columns: repeat({tiles.Columns}, auto)\">\n");
        for (var row = 0; row < tiles.Rows; row++)
        {
            for (var column = 0; column < tiles.Columns; column++)
            {
                if (tiles.ItemAt(row, column) is { } item) WriteItem(item, tiles.LinesAt(row, column), depth);
                else WriteTile(tiles.LinesAt(row, column), tiles.ShapeAt(row, column));
            }
        }
        page.Append("</div>\n");
    }

    private void WriteTile(Sides sides, string shape)
    {
        page.Append("<div class=\"tile\">");
        if (sides.HasFlag(Sides.Top)) page.Append("<i class=\"t\"></i>");
        if (sides.HasFlag(Sides.Bottom)) page.Append("<i class=\"b\"></i>");
        if (sides.HasFlag(Sides.Left)) page.Append("<i class=\"l\"></i>");
        if (sides.HasFlag(Sides.Right)) page.Append("<i class=\"r\"></i>");
        if (shape.Length > 0) page.Append($"<span>{Text(shape)}</span>");
        page.Append("</div>\n");
    }

    private void WriteItem(Item item, Sides sides, int depth)
    {
        page.Append("<div class=\"cell\">");
        page.Append(sides.HasFlag(Sides.Top) ? $"<div class=\"v{(item is Gate ? "" : " head")}\"></div>" : "<div class=\"gap\"></div>");
        switch (item)
        {
            case Card card:
                page.Append("<div class=\"card\">");
                foreach (var strip in card.Strips) page.Append($"<div class=\"strip {Palette.ClassOf(strip.Group)}\" title=\"{Text(strip.Tip)}\">{Text(strip.Text)}<em>{Text(strip.Key)}</em></div>");
                page.Append("</div>");
                break;
            case Junction junction:
                page.Append($"<div class=\"sum other\" title=\"{Text(junction.Tip)}\">{Text(junction.Sign)}</div>");
                break;
            case Terminal terminal:
                page.Append($"<div class=\"end\">{Text(terminal.Text)}</div>");
                break;
            case Box box:
                // Groups are open at first, what is inside of them is a click away.
                page.Append($"<details{(box.Times > 1 ? " class=\"many\"" : "")}{(depth == 0 ? " open" : "")}><summary title=\"{Text(box.Tip)}\">{Text(box.Title)}<em>{Text(box.Key == box.Title ? "" : box.Key)}</em>{(box.Times > 1 ? $"<b>×{box.Times}</b>" : "")}</summary>\n");
                WriteDiagram(box.Inside, depth + 1);
                page.Append("</details>");
                break;
        }
        page.Append(sides.HasFlag(Sides.Bottom) ? "<div class=\"v\"></div>" : "<div class=\"gap\"></div>");
        page.Append("</div>\n");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
