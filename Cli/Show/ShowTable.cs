using System.Globalization;
using Dlm.Dsl.Analysis;
using Spectre.Console;

namespace Dlm.Cli.Show;

/// <summary>Writes a model as a table: a line for each stage, then what it takes as a whole.</summary>
internal sealed class ShowTable(CommandHost host)
{
    private static readonly Style Dim = new(decoration: Decoration.Dim);

    public void Write(ModelReport report, bool isExpanded, int depth)
    {
        var console = host.OpenConsole(host.Out);
        var table = new Table().Border(TableBorder.Simple).BorderStyle(Dim);
        table.AddColumn(Column("stage", false)).AddColumn(Column("operator", false)).AddColumn(Column("output", false));
        table.AddColumn(Column("parameters", true)).AddColumn(Column("MACs", true)).AddColumn(Column("activations", true));
        var tree = isExpanded ? report.Tree : StageTree.Folded(report.Tree);
        AddRow(table, tree, "", "", 0);
        AddRows(table, tree, "", depth);
        console.Write(table);
        foreach (var (name, value) in Totals(report)) host.Out.WriteLine($"  {name,-20}{value}");
        host.Out.WriteLine();
    }

    private static TableColumn Column(string name, bool isNumber) => new TableColumn(new Text(name, Dim)) { NoWrap = true, Alignment = isNumber ? Justify.Right : Justify.Left };

    private static void AddRows(Table table, Stage stage, string guides, int depth)
    {
        if (depth == 0) return;
        for (var i = 0; i < stage.Stages.Count; i++)
        {
            var isLast = i == stage.Stages.Count - 1;
            AddRow(table, stage.Stages[i], guides + (isLast ? "└─ " : "├─ "), guides, depth);
            AddRows(table, stage.Stages[i], guides + (isLast ? "   " : "│  "), depth - 1);
        }
    }

    private static void AddRow(Table table, Stage stage, string prefix, string guides, int depth)
    {
        var isPart = prefix.Length > 0;
        var label = new Paragraph(prefix, Dim).Append(stage.Label, stage.Key is null ? Dim : new Style(Color.Green));
        if (stage.Times > 1) label.Append($" ×{stage.Times}", new Style(Color.Yellow));
        var text = isPart && stage.Text != stage.Label ? stage.Text : "";
        table.AddRow(
            label,
            new Text(text, stage.Stages.Count > 0 ? new Style(Color.Blue) : Style.Plain),
            new Text(string.Join(", ", stage.Outputs)),
            new Text(stage.Cost.Parameters is 0 ? "" : Figures.Whole(stage.Cost.Parameters)),
            new Text(stage.Cost.Macs is 0 ? "" : Figures.Short(stage.Cost.Macs)),
            new Text(stage.Cost.ActivationBytes is 0 ? "" : Figures.Bytes(stage.Cost.ActivationBytes)));
    }

    /// <summary>What stands below the table.</summary>
    public static IEnumerable<(string Name, string Value)> Totals(ModelReport report)
    {
        var cost = report.Tree.Cost;
        var samples = report.Batch == 1 ? "one sample" : $"a batch of {report.Batch}";
        yield return ("input", string.Join(", ", report.Tree.Inputs));
        yield return ("parameters", $"{Figures.Whole(cost.Parameters)}, {Figures.Bytes(cost.Parameters * 4)} as float32{(cost.Buffers is 0 ? "" : $"; {Figures.Whole(cost.Buffers)} more in buffers")}");
        yield return ("multiply-adds", $"{Figures.Short(cost.Macs)} for {samples}");
        if (report.Memory is { } memory)
        {
            yield return ("peak memory", $"{Figures.Bytes(memory.Inference)} in inference, {Figures.Bytes(memory.Training)} in training, {Figures.Bytes(memory.TrainingWithAdam)} with Adam's moments, for {samples}");
        }
        else
        {
            var open = report.Tree.Inputs.SelectMany(i => i.Dims).SelectMany(d => d.Symbols).Select(s => s.Name).Distinct().ToArray();
            yield return ("peak memory", open.Length > 0 ? $"? (give {string.Join(" ", open.Select(o => $"--size {o}=..."))})" : "? (give the parameters without a default: --arg name=value)");
        }
        if (report.Field is { } field)
        {
            yield return ("receptive field", $"{field.Height} x {field.Width} pixels, stride {field.Stride.ToString("0.##", CultureInfo.InvariantCulture)}");
        }
        if (report.Smallest is { } side) yield return ("smallest image", $"{side} x {side}");
    }
}
