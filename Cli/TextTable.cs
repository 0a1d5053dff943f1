namespace Dlm.Cli;

/// <summary>A piece of a line and how a terminal shows it.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Look">How it looks, as SGR parameters, such as <c>32</c> for green; nothing for plain.</param>
internal readonly record struct Span(string Text, string Look = "")
{
    public const string Dim = "2";
    public const string Red = "31";
    public const string Green = "32";
    public const string Yellow = "33";
    public const string Blue = "34";

    public static implicit operator Span(string text) => new(text);
}

/// <summary>A column of a table.</summary>
/// <param name="Title">Its head.</param>
/// <param name="IsNumber">Whether its cells end below each other.</param>
/// <param name="Least">Where a line is too long it may be cut down to this many characters; 0 for one that is left out whole, null for one that stays as it is.</param>
internal sealed record TableColumn(string Title, bool IsNumber = false, int? Least = null);

/// <summary>
/// A table in plain text. Its lines are never wrapped: where they would be longer than the terminal, the gaps shrink first, then columns
/// are cut or left out, in the order given.
/// </summary>
internal sealed class TextTable(IReadOnlyList<TableColumn> columns, params int[] sacrifices)
{
    private const int Indent = 2;
    private readonly List<Span[][]> rows = [];

    public void Add(params Span[][] cells) => rows.Add(cells);

    public void Write(CommandHost host)
    {
        var widths = columns.Select((column, i) => rows.Select(r => Length(r[i])).Append(column.Title.Length).Max()).ToArray();
        var gap = Fit(widths, host.Width);
        WriteLine(host, columns.Select(c => (Span[])[new Span(c.Title, Span.Dim)]).ToArray(), widths, gap);
        var length = widths.Where(w => w > 0).Sum(w => w + gap) - gap + 2 * Indent;
        host.Out.WriteLine(Styled(host, new Span(new string('─', length), Span.Dim)));
        foreach (var row in rows) WriteLine(host, row, widths, gap);
    }

    private int Fit(int[] widths, int width)
    {
        for (var gap = 3; ; gap = 2)
        {
            if (Room(gap) >= 0) return gap;
            if (gap == 2) break;
        }
        int[] natural = [.. widths];
        foreach (var column in sacrifices)
        {
            if (Room(2) >= 0 && widths[column] == natural[column]) continue;
            // What was cut before may have more room, now that another is left out.
            widths[column] = natural[column];
            var least = columns[column].Least ?? widths[column];
            widths[column] = least == 0 ? 0 : Math.Clamp(widths[column] + Room(2), Math.Min(least, widths[column]), widths[column]);
        }
        return 2;

        int Room(int gap) => width - widths.Where(w => w > 0).Sum(w => w + gap) + gap - 2 * Indent;
    }

    private void WriteLine(CommandHost host, Span[][] cells, int[] widths, int gap)
    {
        var line = new System.Text.StringBuilder().Append(' ', Indent);
        var blanks = 0;
        for (var i = 0; i < cells.Length; i++)
        {
            if (widths[i] == 0) continue;
            var cell = Cut(cells[i], widths[i]);
            var rest = widths[i] - Length(cell);
            // Blanks are written when something follows, so that no line ends with them.
            if (columns[i].IsNumber) blanks += rest;
            if (Length(cell) > 0)
            {
                line.Append(' ', blanks);
                foreach (var span in cell) line.Append(Styled(host, span));
                blanks = 0;
            }
            blanks += gap + (columns[i].IsNumber ? 0 : rest);
        }
        host.Out.WriteLine(line.ToString());
    }

    private static Span[] Cut(Span[] cell, int width)
    {
        if (Length(cell) <= width) return cell;
        var kept = new List<Span>();
        var room = width - 1;
        foreach (var span in cell)
        {
            if (room == 0) break;
            kept.Add(span with { Text = span.Text[..Math.Min(room, span.Text.Length)] });
            room -= kept[^1].Text.Length;
        }
        return [.. kept, "…"];
    }

    private static string Styled(CommandHost host, Span span) => host.HasColor && span.Look.Length > 0 && span.Text.Length > 0 ? $"\e[{span.Look}m{span.Text}\e[0m" : span.Text;

    private static int Length(Span[] cell) => cell.Sum(s => s.Text.Length);
}
