using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Syntax;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Elaboration;

/// <summary>
/// Elaborates the models of a file. Each body is walked twice by the same code: with the default arguments, where every
/// number can be checked and counted, and with the parameters open, where the sizes are formulas that C# computes.
/// </summary>
internal sealed class Elaborator(DiagnosticBag diagnostics)
{
    // Members that every generated class declares, which C# forbids to be called as the class is, and two names that C# reads
    // as something else than a type.
    private static readonly HashSet<string> ReservedNames = new(
        ["forward", "RegisterComponents", "FloorDivide", "ParameterCount", "MultiplyAccumulates", "var", "_"], StringComparer.Ordinal);

    /// <summary>The models of <paramref name="file"/> that have no error, in order.</summary>
    public IReadOnlyList<ElaboratedModel> Elaborate(FileSyntax file)
    {
        var names = new Dictionary<string, TextSpan>(StringComparer.Ordinal);
        var models = new List<ElaboratedModel>();
        foreach (var declaration in file.Declarations)
        {
            if (declaration is SkippedDeclarationSyntax || declaration.Name.IsMissing) continue;
            if (names.TryGetValue(declaration.Name.Text, out var earlier))
            {
                diagnostics.At(declaration.Name.Span).DuplicateName(declaration.Name.Text, diagnostics.Text.LineOf(earlier.Start) + 1);
                continue;
            }
            names[declaration.Name.Text] = declaration.Name.Span;
            if (ReservedNames.Contains(declaration.Name.Text))
            {
                diagnostics.At(declaration.Name.Span).ReservedName(declaration.Name.Text);
                continue;
            }
            if (declaration is ModelSyntax { IsModel: true, Body: { } body, Signature: { } signature } model)
            {
                if (Elaborate(model, signature, body) is { } elaborated) models.Add(elaborated);
            }
            else if (declaration is not ModelSyntax { Value: null, Signature: null })
            {
                diagnostics.At(declaration.Name.Span).NotInLanguage("A declaration of this form", "Write model Name(parameters) : [input] -> [output] { stages }.");
            }
        }
        return models;
    }

    private ElaboratedModel? Elaborate(ModelSyntax model, SignatureSyntax signature, BlockBodySyntax body)
    {
        try
        {
            if (new SignatureBinder(diagnostics).BindParameters(model.Parameters) is not { } parameters) return null;
            var atDefaults = new ModelRun(diagnostics, model, parameters, p => p.Default ?? SignatureBinder.OpenValue(p.Name, p.Type));
            if (!atDefaults.Elaborate(signature, body)) return null;
            var open = new ModelRun(diagnostics, model, parameters, p => SignatureBinder.OpenValue(p.Name, p.Type));
            if (!open.Elaborate(signature, body)) return null;

            foreach (var parameter in parameters.Where(p => !open.Scope.IsUsed(p.Name))) diagnostics.At(parameter.Span).UnusedParameter(parameter.Name);
            var elaborated = new ElaboratedModel(
                model.Name.Text, model.Documentation, parameters, model.Name.Span, open.InputName, open.Output!, open.Region!, atDefaults.Region!, open.Checks);
            foreach (var expect in body.Statements.OfType<ExpectSyntax>()) Expectations.Check(expect, elaborated, diagnostics);
            return elaborated;
        }
        catch (OverflowException)
        {
            diagnostics.At(model.Name.Span).TooLarge($"A size in '{model.Name.Text}' does not fit into 64 bits. Make its numbers smaller.");
            return null;
        }
    }
}
