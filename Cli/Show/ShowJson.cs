using System.Text.Json;
using Dlm.Dsl.Analysis;
using Dlm.Dsl.Shapes;

namespace Dlm.Cli.Show;

/// <summary>A model for other programs: every stage, unfolded, and the totals.</summary>
internal static class ShowJson
{
    public static string Write(ModelReport report) => Json.Object(json =>
    {
        json.WriteNumber("version", 1);
        json.WriteString("model", report.Source.Model.Name);
        json.WriteString("file", report.Source.Path);
        json.WriteNumber("batch", report.Batch);
        json.WriteStartObject("sizes");
        foreach (var (name, value) in report.Sizes.Values.OrderBy(v => v.Key, StringComparer.Ordinal)) json.WriteNumber(name, value);
        json.WriteEndObject();
        WriteTypes(json, "inputs", report.Tree.Inputs);
        WriteTypes(json, "outputs", report.Tree.Outputs);
        WriteCost(json, report.Tree.Cost);
        json.WriteStartObject("memory");
        json.WriteNumberOrNull("parameterBytes", report.Memory?.Parameters);
        json.WriteNumberOrNull("bufferBytes", report.Memory?.Buffers);
        json.WriteNumberOrNull("inputBytes", report.Memory?.Inputs);
        json.WriteNumberOrNull("inferencePeakBytes", report.Memory?.Inference);
        json.WriteNumberOrNull("trainingPeakBytes", report.Memory?.Training);
        json.WriteNumberOrNull("trainingPeakBytesWithAdam", report.Memory?.TrainingWithAdam);
        json.WriteEndObject();
        if (report.Field is { } field)
        {
            json.WriteStartObject("receptiveField");
            json.WriteNumber("height", field.Height);
            json.WriteNumber("width", field.Width);
            json.WriteNumber("stride", field.Stride);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("receptiveField");
        }
        json.WriteNumberOrNull("smallestImage", report.Smallest);
        WriteStages(json, report.Tree.Stages);
    });

    private static void WriteStages(Utf8JsonWriter json, IReadOnlyList<Stage> stages) => json.WriteObjects("stages", stages, stage =>
    {
        json.WriteString("name", stage.Label);
        json.WriteString("key", stage.Key);
        json.WriteString("kind", stage.Kind);
        json.WriteString("text", stage.Text);
        WriteTypes(json, "outputs", stage.Outputs);
        WriteCost(json, stage.Cost);
        if (stage.Stages.Count > 0) WriteStages(json, stage.Stages);
    });

    private static void WriteCost(Utf8JsonWriter json, StageCost cost)
    {
        json.WriteNumberOrNull("parameters", cost.Parameters);
        json.WriteNumberOrNull("buffers", cost.Buffers);
        json.WriteNumberOrNull("macs", cost.Macs);
        json.WriteNumberOrNull("activationBytes", cost.ActivationBytes);
    }

    private static void WriteTypes(Utf8JsonWriter json, string name, IReadOnlyList<TensorType> types) => json.WriteObjects(name, types, type =>
    {
        json.WriteString("type", TensorType.NameOf(type.Element));
        json.WriteStartArray("shape");
        // An open size stays a text.
        foreach (var dim in type.Dims)
        {
            if (dim.Value is { } size) json.WriteNumberValue(size);
            else json.WriteStringValue(dim.ToString());
        }
        json.WriteEndArray();
    });
}
