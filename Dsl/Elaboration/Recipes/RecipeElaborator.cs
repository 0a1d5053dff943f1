using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Elaboration.Recipes;

/// <summary>Holds a recipe against the model that it trains: every setting, the loss against what flows out.</summary>
internal sealed class RecipeElaborator(ElaborationSession session, DiagnosticBag diagnostics)
{
    // Members of the class, which C# forbids to be called as the class is.
    private static readonly HashSet<string> ReservedNames = new(
        ["BatchSize", "Seed", "Rate", "Options", "CreateNetwork", "Loss", "CreateMetrics", "Freeze", "CreateGroups", "CreateOptimizer", "CreateLoader", "CreateTrainer"], StringComparer.Ordinal);

    /// <summary>The recipe; null where something is wrong with it or with its model.</summary>
    public ElaboratedRecipe? Elaborate(TrainSyntax syntax)
    {
        var before = diagnostics.ErrorCount;
        var name = syntax.Name.Text;
        if (ReservedNames.Contains(name)) diagnostics.At(syntax.Name.Span).ReservedName("recipe", name);
        var reader = new RecipeReader(syntax, diagnostics);
        var network = new NetworkReader(session, diagnostics).Read(syntax);
        var loss = Needed("loss", "says what is minimised", "loss cross_entropy") is { } lossSetting ? new LossReader(reader, diagnostics).Read(lossSetting, network) : null;
        var optimizer = Needed("optimizer", "says what changes the parameters", "optimizer adam, or optimizer sgd(momentum: 0.9)") is { } setting && reader.Only(setting) is { } call
            ? reader.Call(call, "optimizer", OptimizerRows.All, setting) : null;
        if (optimizer is not null) CheckNesterov(optimizer);
        var rates = new RateReader(reader, diagnostics);
        var rate = rates.Read(optimizer);
        var length = rates.ReadLength(rate, syntax);
        var metrics = new MetricReader(reader, diagnostics).Read(loss, network);
        if (rate?.Schedule is { } schedule && metrics is not null) CheckScore(schedule, metrics);
        string[] keys = network is null ? [] : [.. network.ParameterKeys];
        var groupReader = new GroupReader(reader, diagnostics);
        var frozen = network is null ? null : groupReader.ReadFrozen(keys);
        var groups = frozen is null ? null : groupReader.ReadGroups(keys, frozen);
        var conduct = new ConductReader(reader, diagnostics).Read([new("loss", "loss"), .. (metrics ?? []).Select(m => new KeyValuePair<string, string>(m.Name, m.Score))]);
        var init = network is null ? null : ReadInit(syntax, network);
        var batch = reader.Value("batch", ArgumentRange.Count);
        var seed = reader.Value("seed", ArgumentRange.NumberFromZero);
        if (diagnostics.ErrorCount > before || network is null || loss is null || optimizer is null || rate is null || length is null || metrics is null || frozen is null || groups is null || init is null) return null;
        return new ElaboratedRecipe(
            name,
            session.Declarations.Find(name)!.Namespace,
            syntax.Documentation,
            TextOf(syntax),
            network,
            loss,
            optimizer,
            rate,
            new RecipeRun(length, (long?)NumberOrNull(batch), (long?)NumberOrNull(seed)))
        {
            Metrics = metrics,
            Frozen = frozen,
            Groups = groups,
            Conduct = conduct,
            Init = init,
        };

        SettingSyntax? Needed(string setting, string purpose, string example)
        {
            if (!reader.Has(setting)) diagnostics.At(syntax.Name.Span).MissingSetting(name, purpose, example);
            return reader.Find(setting);
        }
    }

    // The parameters of the model are values here.
    private IReadOnlyList<InitRule>? ReadInit(TrainSyntax syntax, RecipeNetwork network)
    {
        var scope = new Scope();
        foreach (var argument in network.Arguments) scope.Declare(argument.Key, argument.Value);
        var reader = new InitReader(diagnostics, new StaticEvaluator(scope, diagnostics).Evaluate, scope.Has);
        return reader.Read(syntax.Body.Statements) is { } rules ? reader.Check(rules, network.Model.AtDefaults.Nodes) : null;
    }

    // The runtime refuses it, too, but when it runs.
    private void CheckNesterov(RecipeCall optimizer)
    {
        if (optimizer["nesterov"] is not Shapes.BoolValue { Value: true }) return;
        if (optimizer.Number("momentum") is > 0 && optimizer.Number("dampening") is null or 0) return;
        diagnostics.At(optimizer.Spans["nesterov"]).SettingsDisagree("Nesterov's form looks ahead along a momentum, without dampening. Write momentum: 0.9, nesterov: true.");
    }

    // A plateau is one of the loss, or of something that is counted.
    private void CheckScore(RecipeCall schedule, IReadOnlyList<RecipeMetric> metrics)
    {
        string[] scores = ["loss", .. metrics.Select(m => m.Name)];
        if (schedule["score"] is Shapes.StringValue score && !scores.Contains(score.Value)) diagnostics.At(schedule.Spans["score"]).UnknownWord("score", score.Value, scores);
    }

    private static IReadOnlyList<string> TextOf(TrainSyntax syntax) =>
        [$"train {syntax.Name.Text} on {syntax.Target.Shown} {{", .. syntax.Body.Statements.Select(s => "  " + s.Shown), "}"];

    private static double? NumberOrNull(Shapes.StaticValue? value) => value is null ? null : ArgumentRange.NumberOf(value);
}
