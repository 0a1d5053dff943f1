using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Elaboration.Recipes;

/// <summary>Reads what a run does beside its steps: accumulation, clipping, precision, early stopping, an average of the weights.</summary>
internal sealed class ConductReader(RecipeReader reader, DiagnosticBag diagnostics)
{
    private static readonly RecipeRow[] Averages =
    [
        new("ema", "ExponentialAverage", new("decay", ArgumentRange.Share, "decay"), new("warmup", ArgumentRange.Switch, "warmup")),
        new("swa", "EqualAverage", new("from", ArgumentRange.Count, "fromEpoch"), new("every", ArgumentRange.Steps, "everySteps")),
    ];

    private static readonly (string Name, string CSharp)[] Precisions = [("float32", "Float32"), ("bfloat16", "BFloat16"), ("float16", "Float16")];

    private static readonly RecipeRow Stop = new("stop", "EarlyStopping", new("score", ArgumentRange.Word), new("patience", ArgumentRange.Count, "patience"), new("improvement", ArgumentRange.NotNegative, "minimumImprovement"));

    /// <summary>What a run does; <paramref name="scores"/> is what it can be stopped by, with the names in the runtime.</summary>
    public RecipeConduct Read(IReadOnlyList<KeyValuePair<string, string>> scores) => new(
        (long?)NumberOrNull(reader.Value("accumulate", ArgumentRange.Count)),
        NumberOrNull(reader.Value("clip", ArgumentRange.Positive)),
        NumberOrNull(reader.Value("clip_value", ArgumentRange.Positive)),
        ReadPrecision(),
        ReadStop(scores),
        reader.Find("average") is { } average && reader.Only(average) is { } call ? reader.Call(call, "average", Averages, average) : null);

    private string? ReadPrecision()
    {
        if (reader.Find("precision") is not { } setting || reader.Only(setting) is not { } expression) return null;
        if (expression is not NameSyntax { Token: var word })
        {
            reader.ReportForm(setting);
            return null;
        }
        var found = Precisions.FirstOrDefault(p => p.Name == word.Text).CSharp;
        if (found is null) diagnostics.At(word.Span).UnknownWord("precision", word.Text, Precisions.Select(p => p.Name));
        return found;
    }

    // stop accuracy, patience: 10 is a call of its own form.
    private RecipeStop? ReadStop(IReadOnlyList<KeyValuePair<string, string>> scores)
    {
        if (reader.Find("stop") is not { } setting) return null;
        if (setting.Items.Count == 0)
        {
            reader.ReportForm(setting);
            return null;
        }
        if (reader.Bind(Stop, setting.Name, setting.Items) is not { } call) return null;
        if (call["score"] is not StringValue { Value: var score }) return new RecipeStop(call, null);
        if (scores.Any(s => s.Key == score)) return new RecipeStop(call, scores.First(s => s.Key == score).Value);
        diagnostics.At(call.Spans["score"]).UnknownWord("score", score, scores.Select(s => s.Key));
        return null;
    }

    private static double? NumberOrNull(StaticValue? value) => value is null ? null : ArgumentRange.NumberOf(value);
}
