using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Elaboration.Recipes;

/// <summary>Finds what a recipe trains, and elaborates it with the recipe's arguments.</summary>
internal sealed class NetworkReader(ElaborationSession session, DiagnosticBag diagnostics)
{
    /// <summary>The network; null where something is wrong with it, which has been reported.</summary>
    public RecipeNetwork? Read(TrainSyntax recipe)
    {
        var (callee, arguments) = recipe.Target.AsCall;
        if (callee is null)
        {
            diagnostics.At(recipe.Target.Span).NotInLanguage("A target of this form", $"Write train {recipe.Name.Text} on Model, or on Model(classes: 10).");
            return null;
        }
        if (Find(callee) is not { } declaration) return null;
        // What is wrong with a model of this file is said there.
        var isOwn = ReferenceEquals(declaration.File, session.Declarations.File);
        if (isOwn && diagnostics.HasErrorIn(declaration.Syntax.Span)) return null;
        return Elaborate(declaration, callee, arguments);
    }

    private Declaration? Find(NameSyntax callee)
    {
        var name = callee.Token.Text;
        var table = session.Declarations;
        if (table.Find(name) is { } found)
        {
            if (found.Syntax is ModelSyntax { IsModel: true }) return found;
            var what = found.Syntax switch { ModelSyntax => "a block, a part of a network", TrainSyntax => "a recipe itself", _ => "a function" };
            diagnostics.At(callee.Span).NotTrainable($"'{name}' is {what}. A recipe trains a model.");
            return null;
        }
        table.ReportMissing(callee, "model or objective", table.Models.Concat(table.Objectives), diagnostics);
        return null;
    }

    private RecipeNetwork? Elaborate(Declaration declaration, NameSyntax callee, IReadOnlyList<ArgumentSyntax> arguments)
    {
        var given = new List<(ArgumentSyntax Syntax, StaticValue Value)>();
        foreach (var argument in arguments)
        {
            if (new StaticEvaluator(new Scope(), diagnostics).Evaluate(argument.Value) is not { } value) return null;
            given.Add((argument, value));
        }
        var elaborator = new BlockElaborator(session, declaration);
        if (elaborator.Bind(callee, given, diagnostics) is not { } bound) return null;
        if (bound.Values.Any(v => v is BlockValue))
        {
            diagnostics.At(callee.Span).NotTrainable($"'{declaration.Name}' takes a block, so it has no class of its own. Name a member, model Name = {declaration.Name}(...), and train that.");
            return null;
        }
        if (elaborator.At(bound, callee, diagnostics) is not { } graph || elaborator.Template(diagnostics) is not { } template) return null;
        session.Count(graph);
        var model = new ElaboratedModel(template, graph);
        if (graph.Results.Count != 1)
        {
            diagnostics.At(callee.Span).NotTrainable($"'{declaration.Name}' gives {graph.Results.Count} tensors, and the loss of a recipe judges one. Write an objective that says what becomes of each.");
            return null;
        }
        if (graph.Inputs.Count > 1 && graph.Inputs.Any(i => i.Name == "target"))
        {
            diagnostics.At(callee.Span).NotTrainable($"'{declaration.Name}' has an input 'target', which is what a batch calls the right answer. Give the input another name.");
            return null;
        }
        var positions = arguments.Select((a, i) => a.Name?.Text ?? elaborator.ParameterNames.ElementAt(i)).ToArray();
        return new RecipeNetwork(model, positions.Select(name => new KeyValuePair<string, StaticValue>(name, bound[name])).ToArray()) { Arguments = bound };
    }
}
