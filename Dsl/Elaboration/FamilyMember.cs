using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Elaboration;

/// <summary>A model or block with a body, and what a family's member has fixed of its parameters.</summary>
/// <param name="Declaration">The declaration with the body.</param>
/// <param name="Base">Its syntax.</param>
/// <param name="Fixed">The parameters that the member gives a value.</param>
/// <param name="Open">The parameters that remain.</param>
internal sealed record FamilyMember(
    Declaration Declaration, ModelSyntax Base, IReadOnlyDictionary<string, StaticValue> Fixed, IReadOnlyList<ModelParameter> Open)
{
    /// <summary>Follows <c>model ResNet18 = ResNet(BasicBlock, [2, 2, 2, 2])</c> to the model with the body.</summary>
    public static FamilyMember? Resolve(Declaration declaration, ElaborationSession session, DiagnosticBag diagnostics)
    {
        if (declaration.Syntax is not ModelSyntax syntax) return null;
        var binder = new SignatureBinder(diagnostics);
        if (binder.BindParameters(syntax.Parameters) is not { } own) return null;
        if (syntax.Value is null) return new FamilyMember(declaration, syntax, new Dictionary<string, StaticValue>(), own);

        var (callee, arguments) = syntax.Value.AsCall;
        if (callee is null)
        {
            if (syntax.Value is not MissingExpressionSyntax) diagnostics.At(syntax.Value.Span).NotInLanguage("A model of this form", "Write model Name = Other(arguments).");
            return null;
        }
        var table = session.TableOf(declaration);
        if (table.Find(callee.Token.Text) is not { Syntax: ModelSyntax } target)
        {
            table.ReportMissing(callee, "model or block", table.Names, diagnostics);
            return null;
        }
        if (session.IsResolving(target))
        {
            diagnostics.At(callee.Span).BlockContainsItself(target.Name);
            return null;
        }
        if (session.Resolve(target) is not { } family) return null;

        var scope = new Scope();
        foreach (var parameter in own)
        {
            if (SignatureBinder.OpenValue(parameter) is { } open) scope.Declare(parameter.Name, open);
        }
        var values = new List<(ArgumentSyntax Syntax, StaticValue Value)>();
        foreach (var argument in arguments)
        {
            StaticValue? value = argument.Value is NameSyntax { Token.Text: var word } && !scope.Has(word) && table.Find(word) is { Syntax: ModelSyntax } block
                ? new BlockValue(block)
                : new StaticEvaluator(scope, diagnostics).Evaluate(argument.Value);
            if (value is null) return null;
            values.Add((argument, value));
        }
        if (CallBinder.Match(target.Name, family.Open.Select(p => p.Name).ToArray(), values, diagnostics) is not { } matched) return null;
        return family.With(own, matched.ToDictionary(m => m.Key, m => m.Value.Value), values, diagnostics);
    }

    private FamilyMember? With(
        IReadOnlyList<ModelParameter> own, Dictionary<string, StaticValue> given, IReadOnlyList<(ArgumentSyntax Syntax, StaticValue Value)> values, DiagnosticBag diagnostics)
    {
        var all = Fixed.ToDictionary(f => f.Key, f => f.Value.Substitute(name => given.TryGetValue(name, out var value) ? value : null), StringComparer.Ordinal);
        foreach (var parameter in Open.Where(p => given.ContainsKey(p.Name)))
        {
            if (SignatureBinder.Convert(parameter.Type, parameter.Length, given[parameter.Name]) is { } value)
            {
                all[parameter.Name] = value;
                continue;
            }
            var at = values.First(v => ReferenceEquals(v.Value, given[parameter.Name])).Syntax.Value.Span;
            diagnostics.At(at).WrongArgumentKind(parameter.Name, SignatureBinder.KindOf(parameter.Type, parameter.Length), given[parameter.Name].Described);
            return null;
        }
        // What the member does not fix stays a parameter of it, behind its own.
        var rest = Open.Where(p => !given.ContainsKey(p.Name)).ToArray();
        if (rest.FirstOrDefault(p => own.Any(o => o.Name == p.Name)) is { } twin)
        {
            diagnostics.At(own.First(o => o.Name == twin.Name).Span).DuplicateName(twin.Name, diagnostics.Text.LineOf(twin.Span.Start) + 1);
            return null;
        }
        return this with { Fixed = all, Open = [.. own.Where(p => p.Default is null), .. rest.Where(p => p.Default is null), .. own.Where(p => p.Default is not null), .. rest.Where(p => p.Default is not null)] };
    }
}
