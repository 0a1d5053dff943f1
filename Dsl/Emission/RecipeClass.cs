using System.Globalization;
using Dlm.Dsl.Elaboration.Recipes;

namespace Dlm.Dsl.Emission;

/// <summary>
/// Writes a recipe as a static class: its numbers as constants, its options, and a method for each thing that a run needs. What recipes for
/// models and for objectives have in common is here.
/// </summary>
internal abstract class RecipeClass(ElaboratedRecipe recipe, IndentedWriter writer)
{
    /// <summary>The runtime's namespace, which its other namespaces begin with.</summary>
    public const string Runtime = "global::Dlm.Runtime.";

    private protected const string Training = Runtime + "Training.";
    private protected const string Optimizers = Runtime + "Optimizers.";
    private const string Data = Runtime + "Data.";

    private protected IndentedWriter Writer => writer;

    private protected CSharpValues Values { get; } = new(CSharpNames.Escape, "FloorDivide");

    private protected bool IsSeeded => recipe.Run.Seed is not null;

    public void Write()
    {
        WriteDocumentation();
        writer.Open($"public static partial class {CSharpNames.Escape(recipe.Name)}");
        if (recipe.Run.Batch is { } batch) Constant("How many samples a batch holds.", "int", "BatchSize", Invariant(batch));
        if (recipe.Run.Seed is { } seed) Constant("The seed of the parameters, of the order of the samples, and of what chance decides in training.", "long", "Seed", Invariant(seed));
        WriteRates();
        WriteOptions();
        WriteParts();
        WriteLoader();
        WriteTrainer();
        writer.Close();
    }

    /// <summary>What is trained, in a word.</summary>
    private protected abstract string Target { get; }

    /// <summary>Writes the constants of the learning rates.</summary>
    private protected abstract void WriteRates();

    /// <summary>Writes the methods that make networks, losses and optimizers.</summary>
    private protected abstract void WriteParts();

    /// <summary>Writes the method that makes the trainer.</summary>
    private protected abstract void WriteTrainer();

    private protected void Constant(string summary, string type, string name, string value)
    {
        writer.Line($"/// <summary>{summary}</summary>");
        writer.Line($"public const {type} {name} = {value};");
        writer.Line();
    }

    /// <summary>The expression that makes an optimizer over <paramref name="parameters"/>.</summary>
    private protected string MakeOptimizer(RecipeCall call, string parameters)
    {
        var arguments = call.Row.Arguments.Where(a => a.CSharp is not null && call[a.Name] is not null).Select(a => $"{a.CSharp}: {Values.Write(call[a.Name]!)}");
        return $"new {Optimizers}{call.Row.Class}({string.Join(", ", [parameters, "rate", .. arguments])});";
    }

    /// <summary>The groups of <c>network</c>, those without a rate of their own with <c>rate</c>.</summary>
    private protected static string GroupsOf(IReadOnlyList<RecipeGroup> groups)
    {
        var items = groups.Select(g => $"({CSharpNames.Quote(g.Pattern)}, {RateOf(g)}, {(g.Decay is { } decay ? CSharpValues.Write(decay) : "null")})");
        return $"{Runtime}FineTuning.ParameterGroups.ByPattern(network, {string.Join(", ", items)})";
    }

    // The rate is named in each group that has none of its own: an optimizer over groups has another default otherwise.
    private static string RateOf(RecipeGroup group) => group.Rate switch
    {
        null => "rate",
        MeasureValue { Amount: 1 } => "rate",
        MeasureValue factor => $"{CSharpValues.Write(factor.Amount)} * rate",
        var own => CSharpValues.Write(ArgumentRange.NumberOf(own)),
    };

    private void WriteDocumentation()
    {
        string[] summary = recipe.Documentation.Count > 0 ? [.. recipe.Documentation.Select(XmlDoc.Escape)] : [$"How {XmlDoc.Escape(Target)} is trained."];
        XmlDoc.Element(writer, "summary", summary);
        XmlDoc.Element(writer, "remarks", ["<code>", .. recipe.Text.Select(XmlDoc.Escape), "</code>"]);
    }

    private void WriteOptions()
    {
        writer.Line("/// <summary>How long to train, and what to do on the way. Others: <c>Options with { ... }</c>.</summary>");
        writer.Line($"public static {Training}TrainerOptions Options => new()");
        writer.Line("{");
        foreach (var (name, value) in OptionValues()) writer.Line($"    {name} = {value},");
        writer.Line("};");
        writer.Line();
    }

    private IEnumerable<(string Name, string Value)> OptionValues()
    {
        var length = Invariant((long)recipe.Run.Length.Amount);
        yield return ("Epochs", recipe.Run.Length.Unit == MeasureUnit.Epochs ? length : "int.MaxValue");
        if (recipe.Run.Length.Unit == MeasureUnit.Steps) yield return ("Steps", length);
        if (ScheduleText.Of(recipe.Rate, recipe.Metrics) is { } schedule) yield return ("Schedule", schedule);
        foreach (var option in ConductValues(recipe.Conduct)) yield return option;
        var settings = string.Join("; ", recipe.Text.Skip(1).Take(recipe.Text.Count - 2).Select(line => line.Trim()));
        yield return ("Recipe", CSharpNames.Quote($"{recipe.Text[0]} {settings} }}"));
    }

    private static IEnumerable<(string Name, string Value)> ConductValues(RecipeConduct conduct)
    {
        if (conduct.Accumulate is { } batches) yield return ("AccumulateBatches", Invariant(batches));
        if (conduct.Clip is { } norm) yield return ("ClipNorm", CSharpValues.Write(norm));
        if (conduct.ClipValue is { } size) yield return ("ClipValue", CSharpValues.Write(size));
        if (conduct.Precision is { } precision) yield return ("Precision", $"{Training}Precision.{precision}");
        if (conduct.Stop is { } stop)
        {
            string[] score = stop.Score is null ? [] : [CSharpNames.Quote(stop.Score)];
            yield return ("EarlyStopping", $"new {Training}EarlyStopping({string.Join(", ", score.Concat(ScheduleText.ArgumentsOf(stop.Call, [])))})");
            // What the run is stopped by is what its best checkpoint is chosen by.
            if (stop.Score is not null) yield return ("BestBy", score[0]);
        }
        if (conduct.Average is { } average) yield return ("Averaging", $"new {Runtime}Averaging.{average.Row.Class}({string.Join(", ", ScheduleText.ArgumentsOf(average, []))})");
    }

    private void WriteLoader()
    {
        var seed = recipe.Run.Seed is null ? "0" : "(ulong)Seed";
        var batch = recipe.Run.Batch is null ? "" : " = BatchSize";
        writer.Line("/// <summary>Makes a loader of data to learn from, which visits the samples in another random order in each epoch.</summary>");
        writer.Line("/// <param name=\"data\">The samples.</param>");
        writer.Line("/// <param name=\"batchSize\">How many samples a batch holds.</param>");
        writer.Line("/// <param name=\"seed\">The seed of the orders.</param>");
        writer.Line($"public static {Data}DataLoader CreateLoader({Data}IDataset data, int batchSize{batch}, ulong seed = {seed}) =>");
        writer.Line($"    new {Data}DataLoader(data, batchSize, new {Data}ShuffledSampler(data.Count, seed));");
        writer.Line();
    }

    private static string Invariant(long number) => number.ToString(CultureInfo.InvariantCulture);
}
