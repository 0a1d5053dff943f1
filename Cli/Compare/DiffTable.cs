using System.Globalization;
using Dlm.Cli.Show;
using Dlm.Dsl.Analysis;

namespace Dlm.Cli.Compare;

/// <summary>Writes what is different between two models.</summary>
internal sealed class DiffTable(CommandHost host)
{
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
        var table = new TextTable([new(""), new("stage"), new("operator", Least: 16), new("output", Least: 16), new("parameters", IsNumber: true)], 2, 3);
        foreach (var change in changes)
        {
            var (sign, look) = change.Kind switch
            {
                StageChangeKind.Added => ("+", Span.Green),
                StageChangeKind.Removed => ("-", Span.Red),
                _ => ("~", Span.Yellow),
            };
            table.Add(
                [new Span(sign, look)], [new Span(Both(change, s => s.Key ?? s.Label), look)], [Both(change, s => s.Text)],
                [Both(change, s => string.Join(", ", s.Outputs))], [Signed(change)]);
        }
        host.Out.WriteLine();
        table.Write(host);
        host.Out.WriteLine();
    }

    private void WriteTotals(DiffReport report)
    {
        var (before, after) = (report.Before.Source.Model.Name, report.After.Source.Model.Name);
        var table = new TextTable([new(""), new(before == after ? "before" : before, IsNumber: true), new(before == after ? "after" : after, IsNumber: true), new("change", IsNumber: true)]);
        table.Add(["input"], [string.Join(", ", report.Before.Tree.Inputs)], [string.Join(", ", report.After.Tree.Inputs)], [""]);
        table.Add(["output"], [string.Join(", ", report.Before.Tree.Outputs)], [string.Join(", ", report.After.Tree.Outputs)], [""]);
        foreach (var (name, old, now, isBytes) in report.Totals)
        {
            table.Add([Title(name)], [Show(old)], [Show(now)], [Percent(old, now)]);

            string Show(long? value) => isBytes ? Figures.Bytes(value) : name == "macs" ? Figures.Short(value) : Figures.Whole(value);
        }
        table.Write(host);
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
