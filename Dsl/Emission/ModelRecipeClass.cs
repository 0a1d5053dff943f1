using System.Globalization;
using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Elaboration.Recipes;
using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Emission;

/// <summary>Writes a recipe for a model: one network, one loss, one optimizer.</summary>
internal sealed class ModelRecipeClass(ModelRecipe recipe, string currentNamespace, IndentedWriter writer) : RecipeClass(recipe, writer)
{
    private const string Metric = Runtime + "Metrics.IMetric";
    private const string TensorDoc = "<c>{0}</c>";

    private readonly string model = ModuleTypes.ClassOf(recipe.Network.Class, currentNamespace);
    private readonly string optimizer = Optimizers + recipe.Optimizer.Row.Class;

    private protected override string Target => recipe.Network.Class.Name;

    private protected override void WriteRates() => Constant("The learning rate, which a schedule multiplies.", "double", "Rate", CSharpValues.Write(recipe.Rate.Highest));

    private protected override void WriteParts()
    {
        WriteNetwork();
        WriteLoss();
        WriteMetrics();
        WriteOptimizer();
    }

    private void WriteNetwork()
    {
        var arguments = string.Join(", ", recipe.Network.Given.Select(g => $"{CSharpNames.Escape(g.Key)}: {WriteArgument(g.Value)}"));
        Writer.Line($"/// <summary>Makes the network{(IsSeeded ? " with parameters that the seed draws" : "")}.</summary>");
        if (recipe.Init.Count > 0)
        {
            Writer.Open($"public static {model} CreateNetwork({(IsSeeded ? "long seed = Seed" : "")})");
            if (IsSeeded) Writer.Line($"{CSharpNames.Torch}.manual_seed(seed);");
            Writer.Line($"var network = new {model}({arguments});");
            new InitWriter(recipe.Init, new NameTable(["seed", "network"]), Values).Write(Writer, "network");
            Writer.Line("return network;");
            Writer.Close();
        }
        else if (!IsSeeded)
        {
            Writer.Line($"public static {model} CreateNetwork() => new {model}({arguments});");
        }
        else
        {
            Writer.Open($"public static {model} CreateNetwork(long seed = Seed)");
            Writer.Line($"{CSharpNames.Torch}.manual_seed(seed);");
            Writer.Line($"return new {model}({arguments});");
            Writer.Close();
        }
        Writer.Line();
    }

    private string WriteArgument(StaticValue value) =>
        value is ListValue list ? $"new long[] {{ {string.Join(", ", list.Items.Select(Values.Write))} }}" : Values.Write(value);

    private void WriteLoss()
    {
        var (row, output) = (recipe.Loss.Row, recipe.Network.Output);
        Writer.Line($"/// <summary>{XmlDoc.Escape(row.Summary)}</summary>");
        Writer.Line($"/// <param name=\"output\">What the network says, {Shown(output)}.</param>");
        var target = recipe.Loss.Classes is { } dimension
            ? $"A class for each, {Shown(new TensorType(ElementType.Int, new(output.Dims.Where((_, i) => i != dimension).ToArray())))}"
            : $"What it should have said, {Shown(output)}";
        Writer.Line($"/// <param name=\"target\">{target}.</param>");
        Writer.Open($"public static {CSharpNames.Tensor} Loss({CSharpNames.Tensor} output, {CSharpNames.Tensor} target)");
        Writer.Line(recipe.Loss.Classes is { } at ? $"{Training}Targets.RequireClasses(output, target, {at});" : $"{Training}Targets.RequireSameShape(output, target);");
        var said = recipe.Loss.Classes is { } classes and not 1 ? $"output.permute({string.Join(", ", LossReader.Order(output.Rank, classes))})" : "output";
        string?[] operands = [said, "target", .. row.Ports.Skip(2).Select(_ => (string?)null)];
        Writer.Line($"return {new CSharpCall(row, recipe.Loss.Form, operands, Values).Write("")};");
        Writer.Close();
        Writer.Line();
    }

    private static string Shown(TensorType type) => string.Format(CultureInfo.InvariantCulture, TensorDoc, XmlDoc.Escape(type.ToString()));

    private void WriteMetrics()
    {
        Writer.Line("/// <summary>Makes what is counted beside the loss.</summary>");
        var metrics = recipe.Metrics.Count == 0 ? $"global::System.Array.Empty<{Metric}>()" : $"new {Metric}[] {{ {string.Join(", ", recipe.Metrics.Select(m => m.CSharp))} }}";
        Writer.Line($"public static {Metric}[] CreateMetrics() => {metrics};");
        Writer.Line();
    }

    private void WriteOptimizer()
    {
        if (recipe.Frozen.Count > 0)
        {
            Writer.Line("/// <summary>Keeps what the recipe freezes as it is.</summary>");
            Writer.Line("/// <param name=\"network\">The network.</param>");
            Writer.Line($"public static void Freeze({model} network) => {Runtime}FineTuning.Freezing.Freeze(network, {string.Join(", ", recipe.Frozen.Select(CSharpNames.Quote))});");
            Writer.Line();
        }
        if (recipe.Groups.Count > 0) WriteGroups();
        Writer.Line("/// <summary>Makes the optimizer.</summary>");
        Writer.Line("/// <param name=\"network\">The network, on the device it is trained on.</param>");
        Writer.Line("/// <param name=\"rate\">The learning rate.</param>");
        var made = MakeOptimizer(recipe.Optimizer, recipe.Groups.Count > 0 ? "CreateGroups(network, rate)" : "network");
        if (recipe.Frozen.Count == 0)
        {
            Writer.Line($"public static {optimizer} CreateOptimizer({model} network, double rate = Rate) =>");
            Writer.Line($"    {made}");
        }
        else
        {
            Writer.Open($"public static {optimizer} CreateOptimizer({model} network, double rate = Rate)");
            Writer.Line("Freeze(network);");
            Writer.Line($"return {made}");
            Writer.Close();
        }
        Writer.Line();
    }

    private void WriteGroups()
    {
        const string Group = Optimizers + "ParameterGroup";
        Writer.Line("/// <summary>Makes the groups of parameters: each parameter that is not frozen is in the first whose pattern it matches.</summary>");
        Writer.Line("/// <param name=\"network\">The network.</param>");
        Writer.Line("/// <param name=\"rate\">The learning rate of those that have none of their own.</param>");
        Writer.Line($"public static global::System.Collections.Generic.IReadOnlyList<{Group}> CreateGroups({model} network, double rate = Rate) =>");
        Writer.Line($"    {GroupsOf(recipe.Groups)};");
        Writer.Line();
    }

    private protected override void WriteTrainer()
    {
        Writer.Line("/// <summary>Makes the trainer.</summary>");
        Writer.Line("/// <param name=\"network\">The network, on the device it is trained on.</param>");
        Writer.Line("/// <param name=\"options\">How long to train, and what to do on the way; null for <see cref=\"Options\"/>.</param>");
        Writer.Line("/// <param name=\"optimizer\">What changes the parameters; null for what <see cref=\"CreateOptimizer\"/> makes.</param>");
        Writer.Line($"public static {Training}Trainer CreateTrainer(");
        Writer.Open($"    {model} network, {Training}TrainerOptions? options = null, {Optimizers}Optimizer? optimizer = null)");
        if (recipe.Frozen.Count > 0) Writer.Line("Freeze(network);");
        var inputs = recipe.Network.Class.Body.Inputs;
        var forward = inputs.Count == 1 ? "" : $"batch => network.call({string.Join(", ", inputs.Select(Read))}), ";
        var end = recipe.Loss.Classes is { } classes ? $") {{ ClassDimension = {classes} }};" : ");";
        Writer.Line($"var objective = new {Training}Supervised(network, {forward}Loss, optimizer ?? CreateOptimizer(network), CreateMetrics(){end}");
        Writer.Line($"return new {Training}Trainer(objective, options ?? Options);");
        Writer.Close();
    }

    private static string Read(GraphValue input)
    {
        var name = CSharpNames.Quote(input.Name ?? "input");
        return input.IsOptional ? $"global::System.Linq.Enumerable.Contains(batch.Names, {name}) ? batch[{name}] : null" : $"batch[{name}]";
    }
}
