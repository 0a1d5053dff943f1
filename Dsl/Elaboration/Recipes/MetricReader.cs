using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Elaboration.Recipes;

/// <summary>Reads what is counted beside the loss.</summary>
internal sealed class MetricReader(RecipeReader reader, DiagnosticBag diagnostics)
{
    private const string Metrics = "global::Dlm.Runtime.Metrics.";

    private static readonly string[] Names = ["accuracy", "balanced_accuracy"];

    /// <summary>The metrics; null where something was reported.</summary>
    public IReadOnlyList<RecipeMetric>? Read(RecipeLoss? loss, RecipeNetwork? network)
    {
        if (reader.Find("metrics") is not { } setting) return reader.Has("metrics") ? null : [];
        if (setting.Items.Count == 0 || setting.Items.Any(i => i.Name is not null || i.Value is not NameSyntax))
        {
            reader.ReportForm(setting);
            return null;
        }
        var metrics = new List<RecipeMetric>();
        foreach (var token in setting.Items.Select(i => ((NameSyntax)i.Value).Token))
        {
            if (!Names.Contains(token.Text)) diagnostics.At(token.Span).UnknownWord("metric", token.Text, Names);
            else if (metrics.Any(m => m.Name == token.Text)) diagnostics.At(token.Span).DuplicateSetting(token.Text, diagnostics.Text.LineOf(setting.Span.Start) + 1);
            else if (loss is not null && network is not null && Make(token, loss, network) is { } metric) metrics.Add(metric);
        }
        return metrics;
    }

    private RecipeMetric? Make(SyntaxToken name, RecipeLoss loss, RecipeNetwork network)
    {
        if (loss.Classes is not { } dimension)
        {
            diagnostics.At(name.Span).MetricUnfit(name.Text, loss.Row.Name, "whose targets are no classes");
            return null;
        }
        if (name.Text == "accuracy") return new RecipeMetric(name.Text, "accuracy", $"new {Metrics}Accuracy({(dimension == 1 ? "" : $"{dimension}")})");
        if (network.Output.Rank == 2) return new RecipeMetric(name.Text, "balanced accuracy", $"new {Metrics}ConfusionMatrix({network.Output[1].Value})");
        diagnostics.At(name.Span).MetricUnfit(name.Text, loss.Row.Name, "whose targets are more than one class for each sample");
        return null;
    }
}
