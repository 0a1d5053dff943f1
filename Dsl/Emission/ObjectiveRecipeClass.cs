using Dlm.Dsl.Elaboration.Recipes;

namespace Dlm.Dsl.Emission;

/// <summary>Writes a recipe for an objective: its networks, and an optimizer for each that it steps.</summary>
internal sealed class ObjectiveRecipeClass(ObjectiveRecipe recipe, string currentNamespace, IndentedWriter writer) : RecipeClass(recipe, writer)
{
    private const string OptimizerType = Optimizers + "Optimizer";

    private readonly string objective = recipe.Objective.Namespace == currentNamespace || recipe.Objective.Namespace.Length == 0
        ? CSharpNames.Escape(recipe.Objective.Name)
        : $"global::{CSharpNames.EscapeNamespace(recipe.Objective.Namespace)}.{CSharpNames.Escape(recipe.Objective.Name)}";

    private (string Type, string Name)[] Networks =>
        [.. recipe.Objective.Networks.Select(n => (ModuleTypes.ClassOf(n.Model, currentNamespace), CSharpNames.Escape(n.Name)))];

    private protected override string Target => recipe.Objective.Name;

    private protected override void WriteRates()
    {
        foreach (var optimizer in recipe.Optimizers)
        {
            Constant($"The learning rate of <c>{optimizer.Network.Name}</c>, which a schedule multiplies.", "double", RateOf(optimizer), CSharpValues.Write(optimizer.Rate));
        }
    }

    private protected override void WriteParts()
    {
        WriteNetworks();
        foreach (var optimizer in recipe.Optimizers)
        {
            var (type, name) = Networks[recipe.Objective.Networks.TakeWhile(n => n != optimizer.Network).Count()];
            Writer.Line($"/// <summary>Makes what steps <c>{optimizer.Network.Name}</c>.</summary>");
            Writer.Line("/// <param name=\"network\">The network, on the device it is trained on.</param>");
            Writer.Line("/// <param name=\"rate\">The learning rate.</param>");
            var head = $"public static {Optimizers}{optimizer.Optimizer.Row.Class} {MethodOf(optimizer)}({type} network, double rate = {RateOf(optimizer)})";
            var made = MakeOptimizer(optimizer.Optimizer, optimizer.Groups.Count > 0 ? GroupsOf(optimizer.Groups) : "network");
            if (optimizer.Frozen.Count == 0)
            {
                Writer.Line($"{head} =>");
                Writer.Line($"    {made}");
            }
            else
            {
                Writer.Open(head);
                Writer.Line($"{Runtime}FineTuning.Freezing.Freeze(network, {string.Join(", ", optimizer.Frozen.Select(CSharpNames.Quote))});");
                Writer.Line($"return {made}");
                Writer.Close();
            }
            Writer.Line();
        }
        WriteObjective();
    }

    private void WriteNetworks()
    {
        var made = Networks.Select(n => $"new {n.Type}()").ToArray();
        // A tuple has two items or more.
        var type = Networks is [var only] ? only.Type : $"({string.Join(", ", Networks.Select(n => $"{n.Type} {n.Name}"))})";
        var method = Networks.Length == 1 ? "CreateNetwork" : "CreateNetworks";
        var result = made.Length == 1 ? made[0] : $"({string.Join(", ", made)})";
        Writer.Line($"/// <summary>Makes the {(made.Length == 1 ? "network" : "networks")}{(IsSeeded ? " with parameters that the seed draws" : "")}.</summary>");
        if (recipe.Init.Count > 0)
        {
            // The seed is no network, and the other names of the method are none either.
            var names = new NameTable(recipe.Objective.Networks.Select(n => n.Name));
            var seed = CSharpNames.Escape(names.Take("seed"));
            Writer.Open($"public static {type} {method}({(IsSeeded ? $"long {seed} = Seed" : "")})");
            if (IsSeeded) Writer.Line($"{CSharpNames.Torch}.manual_seed({seed});");
            foreach (var network in Networks) Writer.Line($"var {network.Name} = new {network.Type}();");
            new InitWriter(recipe.Init, names, Values).Write(Writer, Networks.Select((n, i) => (n.Name, recipe.Objective.Networks[i].Name)));
            Writer.Line($"return {(made.Length == 1 ? Networks[0].Name : $"({string.Join(", ", Networks.Select(n => n.Name))})")};");
            Writer.Close();
        }
        else if (!IsSeeded)
        {
            Writer.Line($"public static {type} {method}() => {result};");
        }
        else
        {
            Writer.Open($"public static {type} {method}(long seed = Seed)");
            Writer.Line($"{CSharpNames.Torch}.manual_seed(seed);");
            Writer.Line($"return {result};");
            Writer.Close();
        }
        Writer.Line();
    }

    private void WriteObjective()
    {
        Writer.Line("/// <summary>Makes the objective.</summary>");
        WriteParameters(hasOptions: false);
        Writer.Line($"public static {objective} CreateObjective(");
        Writer.Line($"    {string.Join(", ", Parameters(null))}) =>");
        var optimizers = recipe.Optimizers.Select((o, i) => $"{OptimizerNames[i]} ?? {MethodOf(o)}({CSharpNames.Escape(o.Network.Name)})");
        Writer.Line($"    new {objective}({string.Join(", ", Networks.Select(n => n.Name).Concat(optimizers))});");
        Writer.Line();
    }

    private protected override void WriteTrainer()
    {
        Writer.Line("/// <summary>Makes the trainer.</summary>");
        WriteParameters(hasOptions: true);
        Writer.Line($"public static {Training}Trainer CreateTrainer(");
        Writer.Line($"    {string.Join(", ", Parameters($"{Training}TrainerOptions? {OptionsName} = null"))}) =>");
        Writer.Line($"    new {Training}Trainer(CreateObjective({string.Join(", ", Networks.Select(n => n.Name).Concat(OptimizerNames))}), {OptionsName} ?? Options);");
    }

    private void WriteParameters(bool hasOptions)
    {
        foreach (var network in recipe.Objective.Networks) Writer.Line($"/// <param name=\"{network.Name}\">The network, on the device it is trained on.</param>");
        if (hasOptions) Writer.Line($"/// <param name=\"{OptionsName.TrimStart('@')}\">How long to train, and what to do on the way; null for <see cref=\"Options\"/>.</param>");
        for (var i = 0; i < recipe.Optimizers.Count; i++)
        {
            var optimizer = recipe.Optimizers[i];
            Writer.Line($"/// <param name=\"{OptimizerNames[i].TrimStart('@')}\">What steps <paramref name=\"{optimizer.Network.Name}\"/>; null for what <see cref=\"{MethodOf(optimizer)}\"/> makes.</param>");
        }
    }

    private IEnumerable<string> Parameters(string? options) =>
        Networks.Select(n => $"{n.Type} {n.Name}").Concat(options is null ? [] : [options]).Concat(OptimizerNames.Select(name => $"{OptimizerType}? {name} = null"));

    private NameTable Taken => new(recipe.Objective.Networks.Select(n => n.Name));

    private string[] OptimizerNames
    {
        get
        {
            var names = Taken;
            return [.. recipe.Optimizers.Select(o => CSharpNames.Escape(names.Take($"{o.Network.Name}Optimizer")))];
        }
    }

    private string OptionsName
    {
        get
        {
            var names = Taken;
            foreach (var optimizer in recipe.Optimizers) names.Take($"{optimizer.Network.Name}Optimizer");
            return CSharpNames.Escape(names.Take("options"));
        }
    }

    // Members by the networks' names: several may differ in their first letter's case alone.
    private string RateOf(NetworkOptimizer optimizer) => MemberOf(optimizer, "", "Rate");

    private string MethodOf(NetworkOptimizer optimizer) => MemberOf(optimizer, "Create", "Optimizer");

    private string MemberOf(NetworkOptimizer optimizer, string before, string behind)
    {
        var names = new NameTable([recipe.Name, "BatchSize", "Seed", "Options", "CreateNetwork", "CreateNetworks", "CreateObjective", "CreateLoader", "CreateTrainer"]);
        var member = "";
        foreach (var other in recipe.Optimizers)
        {
            member = names.Take(before + CSharpNames.Pascal(other.Network.Name) + behind);
            if (other == optimizer) break;
        }
        return member;
    }
}
