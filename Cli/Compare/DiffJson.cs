using System.Text.Json;
using Dlm.Dsl.Analysis;

namespace Dlm.Cli.Compare;

/// <summary>What is different between two models, for other programs.</summary>
internal static class DiffJson
{
    public static string Write(DiffReport report) => Json.Object(json =>
    {
        json.WriteNumber("version", 1);
        WriteSide(json, "before", report.Before);
        WriteSide(json, "after", report.After);
        json.WriteStartObject("totals");
        foreach (var (name, before, after, _) in report.Totals)
        {
            json.WriteStartObject(name);
            json.WriteNumberOrNull("before", before);
            json.WriteNumberOrNull("after", after);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteObjects("changes", report.Listed, change =>
        {
            json.WriteString("change", change.Kind.ToString().ToLowerInvariant());
            WriteStage(json, "before", change.Before);
            WriteStage(json, "after", change.After);
        });
    });

    private static void WriteSide(Utf8JsonWriter json, string name, DiffSide side)
    {
        json.WriteStartObject(name);
        json.WriteString("model", side.Source.Model.Name);
        json.WriteString("file", side.Source.Path);
        WriteTexts(json, "inputs", side.Tree.Inputs);
        WriteTexts(json, "outputs", side.Tree.Outputs);
        json.WriteEndObject();
    }

    private static void WriteStage(Utf8JsonWriter json, string name, Stage? stage)
    {
        if (stage is null)
        {
            json.WriteNull(name);
            return;
        }
        json.WriteStartObject(name);
        json.WriteString("name", stage.Label);
        json.WriteString("key", stage.Key);
        json.WriteString("kind", stage.Kind);
        json.WriteString("text", stage.Text);
        WriteTexts(json, "outputs", stage.Outputs);
        json.WriteNumberOrNull("parameters", stage.Cost.Parameters);
        json.WriteNumberOrNull("macs", stage.Cost.Macs);
        json.WriteEndObject();
    }

    private static void WriteTexts<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items)
    {
        json.WriteStartArray(name);
        foreach (var item in items) json.WriteStringValue(item!.ToString());
        json.WriteEndArray();
    }
}
