using System.Globalization;
using Dlm.Dsl.Analysis;

namespace Dlm.Cli.Show;

/// <summary>Writes a model as a table: a line for each stage, then what it takes as a whole.</summary>
internal sealed class ShowTable(CommandHost host)
{
    private static readonly TableColumn[] Columns =
    [
        new("stage"), new("operator", Least: 10), new("output"), new("parameters", IsNumber: true), new("MACs", IsNumber: true), new("activations", IsNumber: true, Least: 0),
    ];

    private readonly TextTable table = new(Columns, [1, 5, 1]);

    public void Write(ModelReport report, bool isExpanded, int depth)
    {
        var tree = isExpanded ? report.Tree : StageTree.Folded(report.Tree);
        AddRow(tree, "");
        AddRows(tree, "", depth);
        table.Write(host);
        host.Out.WriteLine();
        foreach (var (name, value) in Totals(report)) host.Out.WriteLine($"  {name,-18}{value}");
    }

    private void AddRows(Stage stage, string guides, int depth)
    {
        if (depth == 0) return;
        for (var i = 0; i < stage.Stages.Count; i++)
        {
            var isLast = i == stage.Stages.Count - 1;
            AddRow(stage.Stages[i], guides + (isLast ? "└─ " : "├─ "));
            AddRows(stage.Stages[i], guides + (isLast ? "   " : "│  "), depth - 1);
        }
    }

    private void AddRow(Stage stage, string guides)
    {
        var text = guides.Length > 0 && stage.Text != stage.Label ? stage.Text : "";
        table.Add(
            [new Span(guides, Span.Dim), new Span(stage.Label, stage.Key is null ? Span.Dim : Span.Green), new Span(stage.Times > 1 ? $" ×{stage.Times}" : "", Span.Yellow)],
            [new Span(text, stage.Stages.Count > 0 ? Span.Blue : "")],
            [string.Join(", ", stage.Outputs)],
            [stage.Cost.Parameters is 0 ? "" : Figures.Whole(stage.Cost.Parameters)],
            [stage.Cost.Macs is 0 ? "" : Figures.Short(stage.Cost.Macs)],
            [stage.Cost.ActivationBytes is 0 ? "" : Figures.Bytes(stage.Cost.ActivationBytes)]);
    }

    /// <summary>What stands below the table.</summary>
    public static IEnumerable<(string Name, string Value)> Totals(ModelReport report)
    {
        var cost = report.Tree.Cost;
        var samples = report.Batch == 1 ? "one sample" : $"a batch of {report.Batch}";
        yield return ("input", string.Join(", ", report.Tree.Inputs));
        yield return ("parameters", cost.Parameters is null ? Figures.Unknown
            : $"{Figures.Whole(cost.Parameters)}, {Figures.Bytes(cost.Parameters * 4)} as float32{(cost.Buffers is 0 ? "" : $"; {Figures.Whole(cost.Buffers)} more in buffers")}");
        yield return ("multiply-adds", cost.Macs is null ? Figures.Unknown : $"{Figures.Short(cost.Macs)} for {samples}");
        if (report.Memory is { } memory)
        {
            yield return ("peak memory", $"{Figures.Bytes(memory.Inference)} in inference, {Figures.Bytes(memory.Training)} in training, {Figures.Bytes(memory.TrainingWithAdam)} with Adam");
        }
        else
        {
            var parameters = report.Source.Model.Class.OpenParameters.Where(p => p.Default is null).Select(p => p.Name).ToArray();
            var sizes = report.Tree.Inputs.SelectMany(i => i.Dims).SelectMany(d => d.Symbols).Select(s => s.Name).Distinct().Except(parameters);
            yield return ("peak memory", $"{Figures.Unknown} (give {string.Join(" ", parameters.Select(p => $"--arg {p}=...").Concat(sizes.Select(s => $"--size {s}=...")))})");
        }
        if (report.Field is { } field)
        {
            yield return ("receptive field", $"{field.Height} x {field.Width} pixels, stride {field.Stride.ToString("0.##", CultureInfo.InvariantCulture)}");
        }
        if (report.Smallest is { } side) yield return ("smallest image", $"{side} x {side}");
    }
}
