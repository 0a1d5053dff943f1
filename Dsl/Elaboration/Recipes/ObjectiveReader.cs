using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Elaboration.Recipes;

/// <summary>Finds the objective that a recipe trains, and an optimizer for each network that it steps.</summary>
internal sealed class ObjectiveReader(ElaborationSession session, RecipeReader reader, DiagnosticBag diagnostics)
{
    // What a recipe for one model says, and what says it for an objective.
    private static readonly (string Setting, string Instead)[] OfModels =
    [
        ("loss", "The objective says what is minimised: remove this line."),
        ("metrics", "Write metric name = ... in the objective."),
    ];

    /// <summary>Reports settings that belong to a recipe for a model.</summary>
    public void RefuseWhatIsOfModels()
    {
        foreach (var (setting, instead) in OfModels)
        {
            if (reader.Find(setting) is { } found) diagnostics.At(found.Span).NotInLanguage($"'{setting}' in a recipe for an objective", instead);
        }
    }

    /// <summary>The objective, and whether the recipe has completed it itself, so that its class is to be written; null where something was reported.</summary>
    public (ElaboratedObjective Objective, bool IsOwn)? Read(TrainSyntax recipe)
    {
        var (callee, arguments) = recipe.Target.AsCall;
        var declaration = session.Declarations.Find(callee!.Token.Text)!;
        if (ReferenceEquals(declaration.File, session.Declarations.File) && diagnostics.HasErrorIn(declaration.Syntax.Span)) return null;
        var isOwn = arguments.Count > 0;
        var elaborator = new ObjectiveElaborator(session, isOwn ? MemberOf(recipe) : declaration, diagnostics);
        var before = diagnostics.ErrorCount;
        if (elaborator.Elaborate() is not { } objective)
        {
            if (diagnostics.ErrorCount == before) diagnostics.At(callee.Span).NotTrainable($"'{declaration.Name}' is a pattern: its networks are still to be given. Write {declaration.Name}(...) with a model for each.");
            return null;
        }
        if (objective.OpenParameters.FirstOrDefault(p => p.Default is null) is { } open)
        {
            diagnostics.At(callee.Span).MissingArgument(declaration.Name, open.Name, $"write {declaration.Name}(..., {open.Name}: ...)");
            return null;
        }
        // The networks are made with their default arguments.
        var complete = objective.Networks.Select(n => new BlockElaborator(session, n.Declaration).Bind(callee, [], diagnostics)).ToArray();
        return complete.Any(c => c is null) ? null : (objective, isOwn);
    }

    /// <summary>The optimizer of each network that is stepped; reports those that are missing and those for something else.</summary>
    public IReadOnlyDictionary<ObjectiveNetwork, RecipeCall> ReadOptimizers(TrainSyntax recipe, ElaboratedObjective objective)
    {
        var stepped = objective.Stepped.ToArray();
        var optimizers = new Dictionary<ObjectiveNetwork, RecipeCall>();
        RecipeCall? common = null;
        var before = diagnostics.ErrorCount;
        foreach (var setting in reader.All("optimizer"))
        {
            if (setting.Items is not [var item])
            {
                reader.ReportForm(setting);
                continue;
            }
            if (reader.Call(item.Value, "optimizer", OptimizerRows.All, setting) is not { } call) continue;
            if (item.Name is not { } name) common = call;
            else if (stepped.FirstOrDefault(n => n.Name == name.Text) is not { } network) ReportNetwork(name, objective, stepped);
            else if (optimizers.ContainsKey(network)) diagnostics.At(name.Span).DuplicateSetting($"optimizer {name.Text}", diagnostics.Text.LineOf(optimizers[network].Span.Start) + 1);
            else optimizers[network] = call;
        }
        foreach (var network in stepped.Where(n => !optimizers.ContainsKey(n)))
        {
            if (common is not null) optimizers[network] = common;
            // One that is for no network was meant for this.
            else if (diagnostics.ErrorCount == before && reader.Has("optimizer")) diagnostics.At(recipe.Name.Span).MissingSetting(recipe.Name.Text, $"says what steps '{network.Name}'", $"optimizer {network.Name}: adam");
        }
        return stepped.Where(optimizers.ContainsKey).ToDictionary(n => n, n => optimizers[n]);
    }

    private void ReportNetwork(SyntaxToken name, ElaboratedObjective objective, ObjectiveNetwork[] stepped)
    {
        if (objective.Networks.Any(n => n.Name == name.Text)) diagnostics.At(name.Span).SettingsDisagree($"'{objective.Name}' does not step '{name.Text}', so it needs no optimizer. Remove this line.");
        else diagnostics.At(name.Span).UnknownWord("network", name.Text, stepped.Select(n => n.Name));
    }

    /// <summary>How the parameters of the networks begin, by keys that lead with the network's name; null where a rule is wrong.</summary>
    public IReadOnlyList<InitRule>? ReadInit(TrainSyntax recipe, ElaboratedObjective objective)
    {
        var init = new InitReader(diagnostics, new StaticEvaluator(new Scope(), diagnostics).Evaluate, _ => false);
        return init.Read(recipe.Body.Statements) is { } rules ? init.Check(rules, objective.Networks.SelectMany(n => ParameterKey.Of(n.NodesIn(session), n.Name + "."))) : null;
    }

    // train T on Game(Painter, Expert) trains objective TObjective = Game(Painter, Expert).
    private Declaration MemberOf(TrainSyntax recipe)
    {
        var name = recipe.Name.Text + "Objective";
        while (session.Declarations.Find(name) is not null) name += "_";
        var at = recipe.Name;
        SyntaxToken Token(SyntaxKind kind, string text) => new(kind, "", text, at.Start, false);
        var syntax = new ObjectiveSyntax(Token(SyntaxKind.Identifier, "objective"), Token(SyntaxKind.Identifier, name), null, null, null, Token(SyntaxKind.Equals, "="), recipe.Target);
        return new Declaration(syntax, session.Declarations.File, session.Declarations.Find(recipe.Name.Text)!.Namespace);
    }
}
