using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Elaboration.Recipes;
using Dlm.Dsl.Syntax;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Elaboration;

/// <summary>
/// Elaborates the models and blocks of a file: each model with its default arguments, where every number can be checked and counted,
/// and everything with its parameters open, where the sizes are formulas that C# computes.
/// </summary>
internal sealed class Elaborator(DiagnosticBag diagnostics, ElaborationSession session)
{
    // Members that every generated class declares, which C# forbids to be called as the class is, and two names that C# reads
    // as something else than a type.
    private static readonly HashSet<string> ReservedNames = new(
        ["forward", "RegisterComponents", "FloorDivide", "ParameterCount", "MultiplyAccumulates", "Info", ExternFunction.ClassName, "DlmOperators", "DlmCheckpoint", "DlmPlacement", "DlmInit", "var", "_"], StringComparer.Ordinal);

    private readonly HashSet<ModelSyntax?> failingFamilies = [];
    private readonly List<ExternFunction> functions = [];
    private readonly List<ElaboratedObjective> objectives = [];
    private readonly List<ElaboratedRecipe> recipes = [];

    /// <summary>The objectives that have no error and whose networks are known, in order.</summary>
    public IReadOnlyList<ElaboratedObjective> Objectives => objectives;

    /// <summary>The functions that the file leaves to C#.</summary>
    public IReadOnlyList<ExternFunction> Functions => functions;

    /// <summary>The recipes that have no error.</summary>
    public IReadOnlyList<ElaboratedRecipe> Recipes => recipes;

    /// <summary>The models and blocks of <paramref name="file"/> that have no error, in order.</summary>
    public (IReadOnlyList<ElaboratedModel> Models, IReadOnlyList<ElaboratedBlock> Classes) Elaborate(ParsedFile file)
    {
        var sound = Soundness.Sound(file);
        var names = new Dictionary<string, TextSpan>(StringComparer.Ordinal);
        var models = new List<ElaboratedModel>();
        var classes = new List<ElaboratedBlock>();
        var trains = new List<TrainSyntax>();
        foreach (var syntax in file.Syntax.Declarations)
        {
            if (diagnostics.IsFull) break;
            if (syntax is SkippedDeclarationSyntax || syntax.Name.IsMissing || !TakeName(syntax, names) || !sound.Contains(syntax)) continue;
            // A function is checked where it is called: only there are its arguments known.
            if (syntax is FunctionSyntax { IsExtern: false }) continue;
            if (syntax is FunctionSyntax function)
            {
                if (ExternFunction.Declare(session.Declarations.Find(function.Name.Text)!, function, diagnostics) is { } declared) functions.Add(declared);
                continue;
            }
            if (syntax is TrainSyntax train) trains.Add(train);
            // What is built from a model that is too large is so as well, and looking at the rest would take as long again.
            if (syntax is ModelSyntax model && !IsSmallEnough(model, () => Elaborate(model, models, classes))) break;
            if (syntax is ObjectiveSyntax objective && !IsSmallEnough(objective, () => Elaborate(objective))) break;
        }
        // A recipe may stand before its model.
        foreach (var train in trains.Where(_ => !diagnostics.IsFull))
        {
            var isSmall = IsSmallEnough(train, () =>
            {
                session.CountModel();
                var elaborator = new RecipeElaborator(session, diagnostics);
                if (elaborator.Elaborate(train) is not { } recipe) return;
                recipes.Add(recipe);
                objectives.AddRange(elaborator.Objectives);
            });
            if (!isSmall) break;
        }
        return (models, classes);
    }

    private void Elaborate(ObjectiveSyntax syntax)
    {
        session.CountModel();
        if (new ObjectiveElaborator(session, session.Declarations.Find(syntax.Name.Text)!, diagnostics).Elaborate() is { } objective) objectives.Add(objective);
    }

    private bool IsSmallEnough(DeclarationSyntax syntax, Action elaborate)
    {
        try
        {
            elaborate();
        }
        catch (OverflowException)
        {
            diagnostics.At(syntax.Name.Span).TooLarge($"A size in '{syntax.Name.Text}' does not fit into 64 bits. Make its numbers smaller.");
        }
        catch (TooLargeException exception)
        {
            diagnostics.At(syntax.Name.Span).TooLarge($"'{syntax.Name.Text}' {exception.Message}. {exception.Help}.");
            return false;
        }
        return true;
    }

    private ModelSyntax? PatternOf(ExpressionSyntax value)
    {
        return value.AsCall.Name is { } name && session.Declarations.Find(name.Token.Text) is { Syntax: ModelSyntax pattern, File: var file } && ReferenceEquals(file, session.Declarations.File) ? pattern : null;
    }

    private bool TakeName(DeclarationSyntax declaration, Dictionary<string, TextSpan> names)
    {
        var (name, span) = (declaration.Name.Text, declaration.Name.Span);
        if (names.TryGetValue(name, out var earlier))
        {
            diagnostics.At(span).DuplicateName(name, diagnostics.Text.LineOf(earlier.Start) + 1);
            return false;
        }
        names[name] = span;
        if (session.Declarations.FindEarlier(name) is { File: var other, Syntax.Name.Span: var place })
        {
            diagnostics.At(span).DuplicateName(name, other.Path, other.Source.LineOf(place.Start) + 1);
            return false;
        }
        if (!ReservedNames.Contains(name) && !(declaration is ObjectiveSyntax && Emission.ObjectiveClass.MemberNames.Contains(name))) return true;
        diagnostics.At(span).ReservedName(declaration is ObjectiveSyntax ? "objective" : "model", name);
        return false;
    }

    private void Elaborate(ModelSyntax syntax, List<ElaboratedModel> models, List<ElaboratedBlock> classes)
    {
        session.CountModel();
        // Without a signature or a body the parser has said what is missing.
        if (syntax.Value is null && (syntax.Signature?.Outputs is null || syntax.Body is null)) return;
        var elaborator = new BlockElaborator(session, session.Declarations.Find(syntax.Name.Text)!);
        // What is wrong with a family's pattern has been said there; its members would only say it again.
        if (syntax.Value is { } value && PatternOf(value) is { } pattern && diagnostics.HasErrorIn(pattern.Span)) return;
        var atDefaults = syntax.IsModel ? elaborator.AtDefaults(diagnostics) : null;
        if (syntax.IsModel && atDefaults is null) return;
        if (atDefaults is not null) session.Count(atDefaults);
        if (elaborator.Template(diagnostics) is not { } template) return;
        classes.Add(template);
        if (atDefaults is null) return;
        var model = new ElaboratedModel(template, atDefaults);
        // Sums that do not fit into 64 bits are found here and not by whoever asks for them first.
        _ = (model.ParameterCount, model.Macs);
        models.Add(model);
        var expects = syntax.Body?.Statements.OfType<ExpectSyntax>() ?? [];
        foreach (var expect in syntax.Expect is null ? expects : expects.Append(syntax.Expect))
        {
            // A mistake in a family's body is in every member's figures: the first member that shows it is enough.
            if (!failingFamilies.Contains(elaborator.Base) && !Expectations.Check(expect, model, diagnostics)) failingFamilies.Add(elaborator.Base);
        }
    }
}
