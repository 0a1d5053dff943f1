using System.Globalization;
using Spectre.Console;

namespace Dlm.Runtime.Display;

/// <summary>A confusion matrix for the console: a row for each class, the hits bright, the confusions by how many they are.</summary>
public static class ConfusionTable
{
    /// <summary>Lays out the table.</summary>
    /// <param name="counts">The row is the true class, the column what it was taken for.</param>
    /// <param name="names">The classes' names.</param>
    public static Table Create(long[,] counts, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(names);
        Table table = new() { Border = TableBorder.SimpleHeavy, Caption = new TableTitle("row: what it is; column: what it was taken for") };
        table.AddColumn(Column(""));
        foreach (string name in names) table.AddColumn(Column(Markup.Escape(name)));
        table.AddColumn(Column("[grey]right[/]"));

        double scale = Math.Max(1, Confusions(counts).Max());
        for (int row = 0; row < names.Count; row++)
        {
            long all = Enumerable.Range(0, names.Count).Sum(column => counts[row, column]);
            IEnumerable<string> cells = Enumerable.Range(0, names.Count).Select(column => Cell(counts[row, column], row == column, scale));
            string share = all == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * counts[row, row] / all:0.0} %");
            table.AddRow([Markup.Escape(names[row]), .. cells, share]);
        }

        return table;
    }

    private static TableColumn Column(string title) => new TableColumn(title).RightAligned().Padding(1, 0);

    private static string Cell(long count, bool hit, double scale)
    {
        string text = count.ToString(CultureInfo.InvariantCulture);
        if (hit) return $"[green]{text}[/]";
        return count == 0 ? "[grey]·[/]" : count / scale > 0.6 ? $"[red]{text}[/]" : count / scale > 0.25 ? $"[yellow]{text}[/]" : text;
    }

    private static IEnumerable<long> Confusions(long[,] counts) =>
        from row in Enumerable.Range(0, counts.GetLength(0))
        from column in Enumerable.Range(0, counts.GetLength(1))
        select row == column ? 0 : counts[row, column];
}
