using System.Globalization;
using Dlm.Dsl.Analysis;
using Dlm.Dsl.Elaboration;

namespace Dlm.Dsl.Emission;

/// <summary>Writes a model's figures, so that an editor shows them where the class is used: constants, and a row for each layer.</summary>
internal static class InfoWriter
{
    /// <summary>The member with the rows.</summary>
    public const string Name = "Info";

    // A longer table says in an editor's box less than its beginning.
    private const int MostShown = 40;

    public static void Write(IndentedWriter writer, ElaboratedModel? model)
    {
        if (model?.ParameterCount?.Value is { } parameters)
        {
            writer.Line("/// <summary>How many parameters it trains, with the default arguments.</summary>");
            writer.Line($"public const long ParameterCount = {Grouped(parameters)};");
            writer.Line();
        }
        if (model?.Macs?.Value is { } macs)
        {
            writer.Line("/// <summary>Multiply-accumulates of its convolutions and matrix products for one sample, with the default arguments.</summary>");
            writer.Line($"public const long MultiplyAccumulates = {Grouped(macs)};");
            writer.Line();
        }
        if (model is not null && LayerTable.Of(model) is { Count: > 0 } rows) WriteRows(writer, rows);
    }

    /// <summary>A number as people read it.</summary>
    public static string Readable(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static void WriteRows(IndentedWriter writer, IReadOnlyList<LayerRow> rows)
    {
        writer.Line("/// <summary>");
        writer.Line("/// Each layer with the default arguments: key, stage, output, parameters, and multiply-accumulates for one sample, null where an open");
        writer.Line("/// size decides. <c>1..3</c> in a key stands for blocks that are the same; their numbers are added up.");
        writer.Line("/// <code>");
        foreach (var line in Table(rows.Take(MostShown))) writer.Line($"/// {XmlDoc.Escape(line)}");
        if (rows.Count > MostShown) writer.Line($"/// and {rows.Count - MostShown} more");
        writer.Line("/// </code>");
        writer.Line("/// </summary>");
        writer.Line("public static global::System.Collections.Generic.IReadOnlyList<(string Key, string Stage, string Output, long Parameters, long? MultiplyAccumulates)> Info { get; } =");
        writer.Open("    new (string, string, string, long, long?)[]");
        foreach (var row in rows)
        {
            var macs = row.Macs is { } known ? Grouped(known) : "null";
            writer.Line($"({CSharpNames.Quote(row.Key)}, {CSharpNames.Quote(row.Stage)}, {CSharpNames.Quote(row.Output)}, {Grouped(row.Parameters)}, {macs}),");
        }
        writer.Close(";");
        writer.Line();
    }

    private static IEnumerable<string> Table(IEnumerable<LayerRow> rows)
    {
        var cells = rows.Select(r => new[] { r.Key, r.Stage, r.Output, Readable(r.Parameters), r.Macs is { } macs ? Readable(macs) : "" }).ToArray();
        var widths = Enumerable.Range(0, 5).Select(i => cells.Max(c => c[i].Length)).ToArray();
        return cells.Select(c => string.Join("  ", c.Select((cell, i) => i < 3 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))).TrimEnd());
    }

    private static string Grouped(long value) => Readable(value).Replace(',', '_');
}
