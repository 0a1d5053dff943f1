using System.Globalization;
using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Elaboration.Recipes;
using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Emission;

/// <summary>Writes a recipe as a static class: its numbers as constants, its options, and a method for each thing that a run needs.</summary>
internal sealed class RecipeClass(ElaboratedRecipe recipe, string currentNamespace, IndentedWriter writer)
{
    /// <summary>The runtime's namespace, which its other namespaces begin with.</summary>
    public const string Runtime = "global::Dlm.Runtime.";

    private const string Training = Runtime + "Training.";
    private const string Optimizers = Runtime + "Optimizers.";
    private const string Data = Runtime + "Data.";
    private const string Metric = Runtime + "Metrics.IMetric";
    private const string TensorDoc = "<c>{0}</c>";

    private readonly string model = ModuleTypes.ClassOf(recipe.Network.Class, currentNamespace);
    private readonly string optimizer = Optimizers + recipe.Optimizer.Row.Class;
    private readonly CSharpValues values = new(CSharpNames.Escape, "FloorDivide");

    public void Write()
    {
        WriteDocumentation();
        writer.Open($"public static partial class {CSharpNames.Escape(recipe.Name)}");
        WriteConstants();
        WriteOptions();
        WriteNetwork();
        WriteLoss();
        WriteMetrics();
        WriteOptimizer();
        WriteLoader();
        WriteTrainer();
        writer.Close();
    }

    private void WriteDocumentation()
    {
        string[] summary = recipe.Documentation.Count > 0 ? [.. recipe.Documentation.Select(XmlDoc.Escape)] : [$"How {XmlDoc.Escape(recipe.Network.Class.Name)} is trained."];
        XmlDoc.Element(writer, "summary", summary);
        XmlDoc.Element(writer, "remarks", ["<code>", .. recipe.Text.Select(XmlDoc.Escape), "</code>"]);
    }

    private void WriteConstants()
    {
        if (recipe.Run.Batch is { } batch) Constant("How many samples a batch holds.", "int", "BatchSize", Invariant(batch));
        if (recipe.Run.Seed is { } seed) Constant("The seed of the parameters, of the order of the samples, and of what chance decides in training.", "long", "Seed", Invariant(seed));
        Constant("The learning rate, which a schedule multiplies.", "double", "Rate", CSharpValues.Write(recipe.Rate.Highest));
    }

    private void Constant(string summary, string type, string name, string value)
    {
        writer.Line($"/// <summary>{summary}</summary>");
        writer.Line($"public const {type} {name} = {value};");
        writer.Line();
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

    private void WriteNetwork()
    {
        var arguments = string.Join(", ", recipe.Network.Given.Select(g => $"{CSharpNames.Escape(g.Key)}: {WriteArgument(g.Value)}"));
        var isSeeded = recipe.Run.Seed is not null;
        writer.Line($"/// <summary>Makes the network{(isSeeded ? " with parameters that the seed draws" : "")}.</summary>");
        if (recipe.Init.Count > 0)
        {
            writer.Open($"public static {model} CreateNetwork({(isSeeded ? "long seed = Seed" : "")})");
            if (isSeeded) writer.Line($"{CSharpNames.Torch}.manual_seed(seed);");
            writer.Line($"var network = new {model}({arguments});");
            new InitWriter(recipe.Init, new NameTable(["seed", "network"]), values).Write(writer, "network");
            writer.Line("return network;");
            writer.Close();
        }
        else if (!isSeeded)
        {
            writer.Line($"public static {model} CreateNetwork() => new {model}({arguments});");
        }
        else
        {
            writer.Open($"public static {model} CreateNetwork(long seed = Seed)");
            writer.Line($"{CSharpNames.Torch}.manual_seed(seed);");
            writer.Line($"return new {model}({arguments});");
            writer.Close();
        }
        writer.Line();
    }

    private string WriteArgument(StaticValue value) =>
        value is ListValue list ? $"new long[] {{ {string.Join(", ", list.Items.Select(values.Write))} }}" : values.Write(value);

    private void WriteLoss()
    {
        var (row, output) = (recipe.Loss.Row, recipe.Network.Output);
        writer.Line($"/// <summary>{XmlDoc.Escape(row.Summary)}</summary>");
        writer.Line($"/// <param name=\"output\">What the network says, {Shown(output)}.</param>");
        var target = recipe.Loss.Classes is { } dimension
            ? $"A class for each, {Shown(new TensorType(ElementType.Int, new(output.Dims.Where((_, i) => i != dimension).ToArray())))}"
            : $"What it should have said, {Shown(output)}";
        writer.Line($"/// <param name=\"target\">{target}.</param>");
        writer.Open($"public static {CSharpNames.Tensor} Loss({CSharpNames.Tensor} output, {CSharpNames.Tensor} target)");
        writer.Line(recipe.Loss.Classes is { } at ? $"{Training}Targets.RequireClasses(output, target, {at});" : $"{Training}Targets.RequireSameShape(output, target);");
        var said = recipe.Loss.Classes is { } classes and not 1 ? $"output.permute({string.Join(", ", LossReader.Order(output.Rank, classes))})" : "output";
        string?[] operands = [said, "target", .. row.Ports.Skip(2).Select(_ => (string?)null)];
        writer.Line($"return {new CSharpCall(row, recipe.Loss.Form, operands, values).Write("")};");
        writer.Close();
        writer.Line();
    }

    private static string Shown(TensorType type) => string.Format(CultureInfo.InvariantCulture, TensorDoc, XmlDoc.Escape(type.ToString()));

    private void WriteMetrics()
    {
        writer.Line("/// <summary>Makes what is counted beside the loss.</summary>");
        var metrics = recipe.Metrics.Count == 0 ? $"global::System.Array.Empty<{Metric}>()" : $"new {Metric}[] {{ {string.Join(", ", recipe.Metrics.Select(m => m.CSharp))} }}";
        writer.Line($"public static {Metric}[] CreateMetrics() => {metrics};");
        writer.Line();
    }

    private static IEnumerable<(string Name, string Value)> ConductValues(RecipeConduct conduct)
    {
        if (conduct.Accumulate is { } batches) yield return ("AccumulateBatches", Invariant(batches));
        if (conduct.Clip is { } norm) yield return ("ClipNorm", CSharpValues.Write(norm));
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

    private void WriteOptimizer()
    {
        if (recipe.Frozen.Count > 0)
        {
            writer.Line("/// <summary>Keeps what the recipe freezes as it is.</summary>");
            writer.Line("/// <param name=\"network\">The network.</param>");
            writer.Line($"public static void Freeze({model} network) => {Runtime}FineTuning.Freezing.Freeze(network, {string.Join(", ", recipe.Frozen.Select(CSharpNames.Quote))});");
            writer.Line();
        }
        if (recipe.Groups.Count > 0) WriteGroups();
        writer.Line("/// <summary>Makes the optimizer.</summary>");
        writer.Line("/// <param name=\"network\">The network, on the device it is trained on.</param>");
        writer.Line("/// <param name=\"rate\">The learning rate.</param>");
        var arguments = recipe.Optimizer.Row.Arguments.Where(a => a.CSharp is not null && recipe.Optimizer[a.Name] is not null)
            .Select(a => $"{a.CSharp}: {values.Write(recipe.Optimizer[a.Name]!)}");
        var parameters = recipe.Groups.Count > 0 ? "CreateGroups(network, rate)" : "network";
        var made = $"new {optimizer}({string.Join(", ", [parameters, "rate", .. arguments])});";
        if (recipe.Frozen.Count == 0)
        {
            writer.Line($"public static {optimizer} CreateOptimizer({model} network, double rate = Rate) =>");
            writer.Line($"    {made}");
        }
        else
        {
            writer.Open($"public static {optimizer} CreateOptimizer({model} network, double rate = Rate)");
            writer.Line("Freeze(network);");
            writer.Line($"return {made}");
            writer.Close();
        }
        writer.Line();
    }

    private void WriteGroups()
    {
        const string Group = Optimizers + "ParameterGroup";
        writer.Line("/// <summary>Makes the groups of parameters: each parameter that is not frozen is in the first whose pattern it matches.</summary>");
        writer.Line("/// <param name=\"network\">The network.</param>");
        writer.Line("/// <param name=\"rate\">The learning rate of those that have none of their own.</param>");
        writer.Line($"public static global::System.Collections.Generic.IReadOnlyList<{Group}> CreateGroups({model} network, double rate = Rate) =>");
        var groups = recipe.Groups.Select(g => $"({CSharpNames.Quote(g.Pattern)}, {RateOf(g)}, {(g.Decay is { } decay ? CSharpValues.Write(decay) : "null")})");
        writer.Line($"    {Runtime}FineTuning.ParameterGroups.ByPattern(network, {string.Join(", ", groups)});");
        writer.Line();
    }

    // The rate is named in each group that has none of its own: an optimizer over groups has another default otherwise.
    private static string RateOf(RecipeGroup group) => group.Rate switch
    {
        null => "rate",
        MeasureValue { Amount: 1 } => "rate",
        MeasureValue factor => $"{CSharpValues.Write(factor.Amount)} * rate",
        var own => CSharpValues.Write(ArgumentRange.NumberOf(own)),
    };

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

    private void WriteTrainer()
    {
        writer.Line("/// <summary>Makes the trainer.</summary>");
        writer.Line("/// <param name=\"network\">The network, on the device it is trained on.</param>");
        writer.Line("/// <param name=\"options\">How long to train, and what to do on the way; null for <see cref=\"Options\"/>.</param>");
        writer.Line("/// <param name=\"optimizer\">What changes the parameters; null for what <see cref=\"CreateOptimizer\"/> makes.</param>");
        writer.Line($"public static {Training}Trainer CreateTrainer(");
        writer.Open($"    {model} network, {Training}TrainerOptions? options = null, {Optimizers}Optimizer? optimizer = null)");
        if (recipe.Frozen.Count > 0) writer.Line("Freeze(network);");
        var inputs = recipe.Network.Class.Body.Inputs;
        var forward = inputs.Count == 1 ? "" : $"batch => network.call({string.Join(", ", inputs.Select(Read))}), ";
        var end = recipe.Loss.Classes is { } classes ? $") {{ ClassDimension = {classes} }};" : ");";
        writer.Line($"var objective = new {Training}Supervised(network, {forward}Loss, optimizer ?? CreateOptimizer(network), CreateMetrics(){end}");
        writer.Line($"return new {Training}Trainer(objective, options ?? Options);");
        writer.Close();
    }

    private static string Read(GraphValue input)
    {
        var name = CSharpNames.Quote(input.Name ?? "input");
        return input.IsOptional ? $"global::System.Linq.Enumerable.Contains(batch.Names, {name}) ? batch[{name}] : null" : $"batch[{name}]";
    }

    private static string Invariant(long number) => number.ToString(CultureInfo.InvariantCulture);
}
