using System.Globalization;
using Dlm.Cli.Show;
using Dlm.Dsl.Analysis;
using Spectre.Console;

namespace Dlm.Cli.Compare;

/// <summary>Writes what is different between two models.</summary>
internal sealed class DiffTable(CommandHost host)
{
    private static readonly Style Dim = new(decoration: Decoration.Dim);

    public void Write(DiffReport report)
    {
        var (before, after) = (report.Before.Source, report.After.Source);
        host.Out.WriteLine($"{before.Model.Name} ({before.Path}) -> {after.Model.Name} ({after.Path})");
        if (!report.HasChanges)
        {
            host.Out.WriteLine("No stage differs.");
            return;
        }
        StageChange[] listed = [.. report.Listed.Where(c => c.Kind != StageChangeKind.Reshaped)];
        if (listed.Length > 0) WriteStages(listed);
        var reshaped = report.Listed.Count(c => c.Kind == StageChangeKind.Reshaped);
        if (reshaped > 0) host.Out.WriteLine($"  {reshaped} more {(reshaped == 1 ? "stage differs" : "stages differ")} in shape alone.");
        WriteTotals(report);
    }

    private void WriteStages(IEnumerable<StageChange> changes)
    {
        var table = new Table().Border(TableBorder.Simple).BorderStyle(Dim);
        foreach (var name in (string[])["", "stage", "operator", "output", "parameters"])
        {
            table.AddColumn(new TableColumn(new Text(name, Dim)) { NoWrap = true, Alignment = name == "parameters" ? Justify.Right : Justify.Left });
        }
        foreach (var change in changes)
        {
            var (sign, color) = change.Kind switch
            {
                StageChangeKind.Added => ("+", Color.Green),
                StageChangeKind.Removed => ("-", Color.Red),
                _ => ("~", Color.Yellow),
            };
            var style = new Style(color);
            table.AddRow(
                new Text(sign, style), new Text(Both(change, s => s.Key ?? s.Label), style), new Text(Both(change, s => s.Text)),
                new Text(Both(change, s => string.Join(", ", s.Outputs))), new Text(Signed(change)));
        }
        host.OpenConsole(host.Out).Write(table);
    }

    private void WriteTotals(DiffReport report)
    {
        var table = new Table().Border(TableBorder.Simple).BorderStyle(Dim);
        var (before, after) = (report.Before.Source.Model.Name, report.After.Source.Model.Name);
        foreach (var name in (string[])["", before == after ? "before" : before, before == after ? "after" : after, "change"])
        {
            table.AddColumn(new TableColumn(new Text(name, Dim)) { NoWrap = true, Alignment = name.Length == 0 ? Justify.Left : Justify.Right });
        }
        table.AddRow("input", Markup.Escape(string.Join(", ", report.Before.Tree.Inputs)), Markup.Escape(string.Join(", ", report.After.Tree.Inputs)), "");
        table.AddRow("output", Markup.Escape(string.Join(", ", report.Before.Tree.Outputs)), Markup.Escape(string.Join(", ", report.After.Tree.Outputs)), "");
        foreach (var (name, old, now, isBytes) in report.Totals)
        {
            table.AddRow(Title(name), Show(old), Show(now), Percent(old, now));

            string Show(long? value) => isBytes ? Figures.Bytes(value) : name == "macs" ? Figures.Short(value) : Figures.Whole(value);
        }
        host.OpenConsole(host.Out).Write(table);
    }

    private static string Title(string name) => name switch
    {
        "macs" => "multiply-adds",
        "activationBytes" => "activations",
        "inferencePeakBytes" => "peak, inference",
        "trainingPeakBytes" => "peak, training",
        _ => name,
    };

    private static string Both(StageChange change, Func<Stage, string> text)
    {
        if (change.Before is null || change.After is null) return text(change.Stage);
        var (before, after) = (text(change.Before), text(change.After));
        return before == after ? after : $"{before} -> {after}";
    }

    private static string Signed(StageChange change)
    {
        var (before, after) = (change.Before?.Cost.Parameters, change.After?.Cost.Parameters);
        if ((change.Before is not null && before is null) || (change.After is not null && after is null)) return Figures.Unknown;
        var difference = (after ?? 0) - (before ?? 0);
        return difference == 0 ? "" : difference.ToString("+#,0;-#,0", CultureInfo.InvariantCulture);
    }

    private static string Percent(long? before, long? after)
    {
        if (before is not > 0 || after is null) return before == after ? "" : Figures.Unknown;
        return before == after ? "" : (100.0 * (after.Value - before.Value) / before.Value).ToString("+0.0;-0.0", CultureInfo.InvariantCulture) + " %";
    }
}
