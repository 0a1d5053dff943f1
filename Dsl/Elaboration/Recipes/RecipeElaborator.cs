using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Elaboration.Recipes;

/// <summary>Holds a recipe against the model or the objective that it trains: every setting, the loss against what flows out.</summary>
internal sealed class RecipeElaborator(ElaborationSession session, DiagnosticBag diagnostics)
{
    // Members of the class, which C# forbids to be called as the class is.
    private static readonly HashSet<string> ReservedNames = new(
        ["BatchSize", "Seed", "Rate", "Options", "CreateNetwork", "Loss", "CreateMetrics", "Freeze", "CreateGroups", "CreateOptimizer", "CreateLoader", "CreateTrainer", "CreateNetworks", "CreateObjective"], StringComparer.Ordinal);

    /// <summary>The objectives that recipes have completed themselves: <c>train T on Game(Painter, Expert)</c>.</summary>
    public List<ElaboratedObjective> Objectives { get; } = [];

    /// <summary>The recipe; null where something is wrong with it or with what it trains.</summary>
    public ElaboratedRecipe? Elaborate(TrainSyntax syntax)
    {
        var before = diagnostics.ErrorCount;
        var name = syntax.Name.Text;
        if (ReservedNames.Contains(name)) diagnostics.At(syntax.Name.Span).ReservedName("recipe", name);
        var reader = new RecipeReader(syntax, diagnostics);
        var target = syntax.Target.AsCall.Name is { } callee ? session.Declarations.Find(callee.Token.Text) : null;
        ElaboratedRecipe? recipe = target?.Syntax is ObjectiveSyntax ? ElaborateObjective(syntax, reader)
            : target is not null ? ElaborateModel(syntax, reader)
            : ReportTarget(syntax);
        return diagnostics.ErrorCount > before ? null : recipe;
    }

    // Whether it is a model or an objective that is meant, its settings do not say.
    private ElaboratedRecipe? ReportTarget(TrainSyntax syntax)
    {
        new NetworkReader(session, diagnostics).Read(syntax);
        return null;
    }

    private ModelRecipe? ElaborateModel(TrainSyntax syntax, RecipeReader reader)
    {
        var network = new NetworkReader(session, diagnostics).Read(syntax);
        var loss = Needed(syntax, reader, "loss", "says what is minimised", "loss cross_entropy") is { } lossSetting ? new LossReader(reader, diagnostics).Read(lossSetting, network) : null;
        var optimizer = Needed(syntax, reader, "optimizer", "says what changes the parameters", "optimizer adam, or optimizer sgd(momentum: 0.9)") is { } setting && reader.Only(setting) is { } call
            ? reader.Call(call, "optimizer", OptimizerRows.All, setting) : null;
        foreach (var other in reader.All("optimizer").Skip(1)) reader.ReportForm(other);
        if (optimizer is not null) CheckNesterov(optimizer);
        var rates = new RateReader(reader, diagnostics);
        var rate = rates.Read(optimizer);
        var length = rates.ReadLength(rate, syntax);
        var metrics = new MetricReader(reader, diagnostics).Read(loss, network);
        KeyValuePair<string, string>[] scores = [new("loss", "loss"), .. (metrics ?? []).Select(m => new KeyValuePair<string, string>(m.Name, m.Score))];
        if (rate?.Named is { } schedule && metrics is not null) CheckScore(schedule, scores);
        string[] keys = network is null ? [] : [.. network.ParameterKeys];
        var groupReader = new GroupReader(reader, diagnostics);
        var frozen = network is null ? null : groupReader.ReadFrozen(keys);
        var groups = frozen is null ? null : groupReader.ReadGroups(keys, frozen);
        var conduct = new ConductReader(reader, diagnostics).Read(scores);
        var init = network is null ? null : ReadInit(syntax, network);
        var run = ReadRun(reader, length);
        if (network is null || loss is null || optimizer is null || rate is null || run is null || metrics is null || frozen is null || groups is null || init is null) return null;
        return new ModelRecipe(syntax.Name.Text, NamespaceOf(syntax), syntax.Documentation, TextOf(syntax), rate, run, conduct, network, loss, optimizer)
        {
            Metrics = metrics,
            Frozen = frozen,
            Groups = groups,
            Init = init,
        };
    }

    // The parameters of the model are values here.
    private IReadOnlyList<InitRule>? ReadInit(TrainSyntax syntax, RecipeNetwork network)
    {
        var scope = new Scope();
        foreach (var argument in network.Arguments) scope.Declare(argument.Key, argument.Value);
        var reader = new InitReader(diagnostics, new StaticEvaluator(scope, diagnostics).Evaluate, scope.Has);
        return reader.Read(syntax.Body.Statements) is { } rules ? reader.Check(rules, ParameterKey.Of(network.Model.AtDefaults.Nodes)) : null;
    }

    private ObjectiveRecipe? ElaborateObjective(TrainSyntax syntax, RecipeReader reader)
    {
        var objectives = new ObjectiveReader(session, reader, diagnostics);
        objectives.RefuseWhatIsOfModels();
        Needed(syntax, reader, "optimizer", "says what changes the parameters", "optimizer adam for all networks, or optimizer generator: adam for one");
        if (objectives.Read(syntax) is not { } objective) return null;
        if (objective.IsOwn) Objectives.Add(objective.Objective);
        var optimizers = objectives.ReadOptimizers(syntax, objective.Objective);
        foreach (var call in optimizers.Values) CheckNesterov(call);
        var rates = new RateReader(reader, diagnostics);
        var all = optimizers.Select(o => (o.Key, Call: o.Value, Rate: rates.Read(o.Value))).ToArray();
        var rate = all.Select(o => o.Rate).FirstOrDefault();
        var length = rates.ReadLength(rate, syntax);
        var scores = objective.Objective.Figures.Select(f => new KeyValuePair<string, string>(f.Name, f.Name)).ToArray();
        if (rate?.Named is { } schedule) CheckScore(schedule, scores);
        var conduct = new ConductReader(reader, diagnostics).Read(scores);
        var run = ReadRun(reader, length);
        var parts = new NetworkGroups(session, new GroupReader(reader, diagnostics), diagnostics);
        var init = objectives.ReadInit(syntax, objective.Objective);
        if (!parts.Read(objective.Objective, reader.Find("freeze")?.Span) || rate is null || run is null || init is null || all.Any(o => o.Rate is null)) return null;
        return new ObjectiveRecipe(
            syntax.Name.Text, NamespaceOf(syntax), syntax.Documentation, TextOf(syntax), rate, run, conduct,
            objective.Objective, all.Select(o => new NetworkOptimizer(o.Key, o.Call, o.Rate!.Highest, parts.GroupsOf(o.Key), parts.FrozenOf(o.Key))).ToArray())
        {
            Metrics = objective.Objective.Figures.Where(f => !f.IsLoss).Select(f => new RecipeMetric(f.Name, f.Name, "")).ToArray(),
            Init = init,
        };
    }

    private SettingSyntax? Needed(TrainSyntax syntax, RecipeReader reader, string setting, string purpose, string example)
    {
        if (!reader.Has(setting)) diagnostics.At(syntax.Name.Span).MissingSetting(syntax.Name.Text, purpose, example);
        return reader.Find(setting);
    }

    private RecipeRun? ReadRun(RecipeReader reader, MeasureValue? length)
    {
        var batch = reader.Value("batch", ArgumentRange.Count);
        var seed = reader.Value("seed", ArgumentRange.NumberFromZero);
        return length is null ? null : new RecipeRun(length, (long?)NumberOrNull(batch), (long?)NumberOrNull(seed));
    }

    private string NamespaceOf(TrainSyntax syntax) => session.Declarations.Find(syntax.Name.Text)!.Namespace;

    // The runtime refuses it, too, but when it runs.
    private void CheckNesterov(RecipeCall optimizer)
    {
        if (optimizer["nesterov"] is not Shapes.BoolValue { Value: true }) return;
        if (optimizer.Number("momentum") is > 0 && optimizer.Number("dampening") is null or 0) return;
        diagnostics.At(optimizer.Spans["nesterov"]).SettingsDisagree("Nesterov's form looks ahead along a momentum, without dampening. Write momentum: 0.9, nesterov: true.");
    }

    // A plateau is one of the loss, or of something that is counted.
    private void CheckScore(RecipeCall schedule, IReadOnlyList<KeyValuePair<string, string>> scores)
    {
        // The losses of an objective have names of their own.
        if (schedule.Row.Name == "plateau" && schedule["score"] is null && scores.All(s => s.Key != "loss")) diagnostics.At(schedule.Span).MissingArgument("plateau", "score", $"write plateau(0.1, score: {scores[0].Key})");
        if (schedule["score"] is not Shapes.StringValue score || scores.Any(s => s.Key == score.Value)) return;
        diagnostics.At(schedule.Spans["score"]).UnknownWord("score", score.Value, scores.Select(s => s.Key));
    }

    private static IReadOnlyList<string> TextOf(TrainSyntax syntax) =>
        [$"train {syntax.Name.Text} on {syntax.Target.Shown} {{", .. syntax.Body.Statements.Select(s => "  " + s.Shown), "}"];

    private static double? NumberOrNull(Shapes.StaticValue? value) => value is null ? null : ArgumentRange.NumberOf(value);
}
